import { assertEquals } from "../../deps.ts";
import { choicesOf, rangeInWords, typeInWords } from "../../../lib/base/config/type_in_words.ts";

const word = { type: "string" }, nothing = { type: "null" }, whole = { type: "integer" };

Deno.test("typeInWords() says types as people do", () => {
  assertEquals(typeInWords(whole), "whole number");
  assertEquals(typeInWords({ anyOf: [whole, word, nothing] }), "whole number, text or null");
  assertEquals(
    typeInWords({ anyOf: [{ type: "string", enum: ["a"] }, nothing] }),
    "choice or null",
  );
  assertEquals(typeInWords({ type: "array", items: whole }), "list of whole numbers");
  assertEquals(typeInWords({ type: "array", items: { enum: ["a"] } }), "list of choices");
  const fields = { type: "object", properties: { a: word, b: whole }, required: ["a"] };
  assertEquals(typeInWords(fields), "{ a: text, b?: whole number }");
  assertEquals(typeInWords({ ...fields, typeInWords: "a pair" }), "a pair");
});

Deno.test("choicesOf() lists what may be chosen, and only that", () => {
  assertEquals(choicesOf({ enum: ["a", "b"] }), ["a", "b"]);
  assertEquals(choicesOf({ anyOf: [{ const: "a" }, { const: 1 }] }), ["a", 1]);
  assertEquals(choicesOf({ anyOf: [{ enum: ["a"] }, nothing] }), ["a"]);
  assertEquals(choicesOf({ anyOf: [{ const: "a" }, whole] }), undefined);
  assertEquals(choicesOf(word), undefined);
});

Deno.test("rangeInWords() says bounds, with those that are left out", () => {
  assertEquals(rangeInWords({ minimum: 1, maximum: 2 }), "1 to 2");
  assertEquals(rangeInWords({ minimum: 0, exclusiveMaximum: 1 }), "0 to below 1");
  assertEquals(rangeInWords({ exclusiveMinimum: 0, maximum: 1 }), "above 0 and at most 1");
  assertEquals(rangeInWords({ exclusiveMinimum: 0, exclusiveMaximum: 1 }), "above 0 and below 1");
  const least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER;
  assertEquals(rangeInWords({ minimum: least, maximum: most }), undefined);
  assertEquals(rangeInWords({ minimum: 3, maximum: most }), "at least 3");
  assertEquals(rangeInWords({ items: word, maxItems: 4 }), "at most 4 entries");
  assertEquals(rangeInWords({ items: word, minItems: 1 }), "at least 1 entry");
  assertEquals(rangeInWords({ anyOf: [nothing, { minimum: 5 }] }), "at least 5");
});
