import { assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import {
  addToConfusion,
  emptyConfusion,
  iouPerClass,
  meanIou,
} from "../../../lib/imaging/metrics/confusion.ts";

Deno.test("meanIou() averages the classes that occur", () => {
  const table = emptyConfusion(4);
  assertEquals(meanIou(table), null);
  addToConfusion(table, [0, 0, 1, 1], [0, 1, 1, 1]);
  addToConfusion(table, [2], [2]);
  assertEquals([...table.counts].slice(0, 8), [1, 0, 0, 0, 1, 2, 0, 0]);
  assertEquals(iouPerClass(table), [1 / 2, 2 / 3, 1, null]);
  assertAlmostEquals(meanIou(table)!, (1 / 2 + 2 / 3 + 1) / 3, 1e-12);
});

Deno.test("addToConfusion() refuses classes outside the table and leaves it unchanged", () => {
  const table = emptyConfusion(2);
  assertThrows(() => addToConfusion(table, [0, 2], [0, 0]), RangeError, "voxel 1 is predicted 2");
  assertThrows(() => addToConfusion(table, [0], [0, 0]), TypeError, "1 voxels");
  assertEquals([...table.counts], [0, 0, 0, 0]);
  assertThrows(() => emptyConfusion(0), RangeError, "0 classes");
});
