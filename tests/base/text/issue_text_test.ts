import { assertEquals } from "../../deps.ts";
import { z } from "../../../lib/base/deps/zod.ts";
import { issueText } from "../../../lib/base/text/issue_text.ts";

Deno.test("issueText() says where, what it is and what is wanted", () => {
  const cases: [z.ZodType, unknown, string][] = [
    [z.int(), 0.5, "it is 0.5, wanted a whole number"],
    [z.object({ a: z.enum(["x", "y"]) }), { a: "z" }, 'a is "z", wanted one of x, y'],
    [z.object({ a: z.literal(2) }), {}, "a is missing, wanted 2"],
    [z.object({ a: z.number().max(3) }), { a: 4 }, "a is 4, wanted at most 3"],
    [z.array(z.int()).min(2), [1], "it is [1], wanted at least 2 of its values"],
    [z.strictObject({}), { b: 1 }, "it has the unknown key b"],
    [
      z.union([z.int(), z.null()], { error: "Wanted a number or none" }),
      "x",
      'it is "x", wanted ' +
      "a number or none",
    ],
    [z.string(), Array(99).fill(1), `it is [${"1,".repeat(29)}1…, wanted string`],
  ];
  for (const [schema, value, text] of cases) {
    const { error } = schema.safeParse(value);
    assertEquals(issueText(error!.issues[0]!, value), text);
  }
});

Deno.test("issueText() cuts long keys, and shows of deep values their beginning", () => {
  const long = "k".repeat(1e5), record = z.record(z.string(), z.int());
  const texts = [{ [long]: "x" }, JSON.parse(`{"a":${"[".repeat(5e4)}${"]".repeat(5e4)}}`)]
    .map((value) => issueText(record.safeParse(value).error!.issues[0]!, value));
  assertEquals(texts[0], `${"k".repeat(400)}… (100000 characters) is "x", wanted number`);
  assertEquals(texts[1], `a is ${"[".repeat(60)}…, wanted number`);
});
