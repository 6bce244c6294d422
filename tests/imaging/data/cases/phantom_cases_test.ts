import { assert, assertEquals, assertThrows } from "../../../deps.ts";
import { phantomCases } from "../../../../lib/imaging/data/cases/phantom_cases.ts";

Deno.test("phantomCases() makes image and label of the frame when loaded, the same each time", async () => {
  const [ed, es] = phantomCases("B", 1, 3);
  assert(ed !== undefined && es !== undefined);
  assertEquals([ed.subject, ed.frame, ed.domain], ["B000", "ED", "site B"]);
  const { volume } = (await ed.load()).images[0];
  assertEquals(await ed.outline(), { shape: volume.shape, affine: volume.affine, warnings: [] });
  const [first, again, other] = [await ed.load(), await ed.load(), await es.load()];
  assertEquals(first.images[0].volume.data, again.images[0].volume.data);
  assertEquals(first.label?.shape, first.images[0].volume.shape);
  assertEquals(first.images[0].header.datatype, "int16");
  const cavity = (codes: Uint8Array) => codes.reduce((n, code) => n + Number(code === 1), 0);
  assert(cavity(other.label!.data) < cavity(first.label!.data));
});

Deno.test("phantomCases() goes on from the first subject it is given", () => {
  const names = (first: number) => phantomCases("A", 2, 1, first).map((source) => source.subject);
  assertEquals(names(0), ["A000", "A000", "A001", "A001"]);
  assertEquals(names(2), ["A002", "A002", "A003", "A003"]);
});

Deno.test("phantomCases() refuses a count that is no whole number", () => {
  assertThrows(() => phantomCases("A", 1.5, 1), RangeError, "count is 1.5");
});
