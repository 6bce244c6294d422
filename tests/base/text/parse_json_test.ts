import { assertEquals, assertThrows } from "../../deps.ts";
import { z } from "../../../lib/base/deps/zod.ts";
import { parseJson } from "../../../lib/base/text/parse_json.ts";

class ListError extends Error {
  override readonly name = "ListError";
}

const schema = z.object({
  schema: z.literal("list/1"),
  items: z.array(z.object({ size: z.int().min(1) })),
});

Deno.test("parseJson() gives what the schema knows", () => {
  const text = '{ "schema": "list/1", "items": [{ "size": 2 }], "more": 1 }';
  assertEquals(parseJson(text, schema, "a.json", ListError), {
    schema: "list/1",
    items: [{ size: 2 }],
  });
});

Deno.test("parseJson() names file and key of whatever is wrong, in its own error", () => {
  const cases = [
    ["", "a.json: it is no JSON"],
    ["null", "a.json: it is null, wanted object"],
    ["5", "a.json: it is 5, wanted object"],
    ["[]", "a.json: it is [], wanted object"],
    ["{}", "a.json: schema is missing, wanted list/1"],
    ['{"schema":"list/2","items":[]}', 'a.json: schema is "list/2", wanted list/1'],
    ['{"schema":"list/1"}', "a.json: items is missing, wanted array"],
    ['{"schema":"list/1","items":[null]}', "a.json: items.0 is null, wanted object"],
    ['{"schema":"list/1","items":[{"size":0}]}', "a.json: items.0.size is 0, wanted at least 1"],
  ];
  for (const [text, wanted] of cases) {
    assertThrows(() => parseJson(text!, schema, "a.json", ListError), ListError, wanted);
  }
});

Deno.test("parseJson() tells what any of several forms would be", () => {
  const either = z.union([z.number(), z.array(z.string())]);
  const map = z.record(z.string(), z.union([z.record(z.string(), z.number()), z.number()]));
  const refuse = (text: string, schema: typeof either | typeof map, wanted: string) =>
    assertThrows(() => parseJson<unknown>(text, schema, "a.json", ListError), ListError, wanted);
  refuse('"x"', either, 'a.json: it is "x", wanted number or array');
  refuse("[5]", either, "a.json: it is [5], wanted string for 0");
  refuse("[]", map, "a.json: it is [], wanted object");
  refuse('{"a": null}', map, "a.json: a is null, wanted object or number");
});

Deno.test("parseJson() passes over a byte order mark", () => {
  const text = '\uFEFF{ "schema": "list/1", "items": [] }\r\n';
  assertEquals(parseJson(text, schema, "a.json", ListError), { schema: "list/1", items: [] });
});
