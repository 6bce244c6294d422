/** The overview of the API holds every export of mod.ts, each with what it does, and no other. */
import { assert, assertEquals, assertThrows } from "../deps.ts";
import { groupOf } from "../../docs/site/api_groups.ts";
import { apiOverview } from "../../docs/site/api_overview.ts";
import { firstSentence, readExports } from "../../docs/site/exports.ts";
import { ROOT } from "./documents.ts";

Deno.test("docs/api.md lists what mod.ts exports (`deno task docs:api` makes it again)", async () => {
  const exported = await readExports(ROOT);
  assert(exported.length > 100);
  assertEquals(exported.filter(({ summary }) => summary === ""), [], "exports without a comment");
  assertEquals(exported.filter(({ file }) => groupOf(file) === undefined), [], "in no group");
  const text = await Deno.readTextFile(new URL("docs/api.md", ROOT));
  const listed = [...text.matchAll(/\[`(\w+)`\]\(\.\.\//g)].map(([, name]) => name!);
  assertEquals(listed.sort(), exported.map(({ name }) => name).sort());
});

Deno.test("apiOverview() puts values into a table and types behind it", () => {
  const one = { file: "lib/imaging/metrics/dice.ts", summary: "A | b." };
  const text = apiOverview([{ ...one, name: "dice", isType: false }, {
    ...one,
    name: "Kind",
    isType: true,
  }]);
  assert(text.includes("| [`dice`](../lib/imaging/metrics/dice.ts) | A \\| b. |"));
  assert(text.includes("Types: [`Kind`](../lib/imaging/metrics/dice.ts)."));
});

Deno.test("apiOverview() refuses an export of no group", () => {
  const stray = { name: "stray", isType: false, file: "lib/nowhere/x.ts", summary: "x" };
  assertThrows(() => apiOverview([stray]), Error, "stray (lib/nowhere/x.ts)");
});

Deno.test("firstSentence() ends where the first sentence does", () => {
  assertEquals(firstSentence("One of {@linkcode Two}, e.g. 3.\nMore."), "One of `Two`, e.g. 3.");
  assertEquals(firstSentence("No end\n\nNext."), "No end");
});
