import { assertEquals } from "../../deps.ts";
import { shortJson } from "../../../lib/base/text/short_json.ts";

Deno.test("shortJson() writes small values as JSON does, and names numbers that it has not", () => {
  for (
    const value of [null, true, -1.5, 'a\n"b', [], {}, [1, [2, { a: "b" }]], { "x y": [null] }]
  ) {
    assertEquals(shortJson(value), JSON.stringify(value));
  }
  assertEquals(shortJson({ a: NaN, b: [Infinity] }), '{"a":NaN,"b":[Infinity]}');
});

Deno.test("shortJson() cuts what is long, deep, round, or holds one part many times", () => {
  assertEquals(shortJson("x".repeat(1e6), 5), '"xxxx…');
  assertEquals(shortJson({ ["k".repeat(1e6)]: 1 }).length, 61);
  let deep: unknown = 1;
  for (let n = 0; n < 1e5; n++) deep = [deep];
  assertEquals(shortJson(deep), `${"[".repeat(60)}…`);
  const round: unknown[] = [];
  round.push(round);
  assertEquals(shortJson(round), `${"[".repeat(60)}…`);
  // 10^30 entries, if each were written
  let many: unknown = [1];
  for (let n = 0; n < 30; n++) many = Array(10).fill(many);
  assertEquals(shortJson(many).length, 61);
});
