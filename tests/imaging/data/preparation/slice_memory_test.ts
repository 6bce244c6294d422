import { assert, assertEquals } from "../../../deps.ts";
import { SliceMemory } from "../../../../lib/imaging/data/preparation/slice_memory.ts";
import type { SlicedCase } from "../../../../lib/imaging/data/preparation/sliced_case.ts";

/** Slices of 36 bytes that count how often they are read. */
function counted(id: string) {
  const reads: number[] = [];
  const source: SlicedCase = {
    ...{ id, slices: 9, channels: 1, height: 1, width: 2, labelled: true, foreground: [] },
    slice(index) {
      reads.push(index);
      const stack = { height: 1, width: 4, images: Float32Array.of(index, 0, 0, 0) };
      const labels = new Uint8Array(2);
      return {
        shown: { ...stack, labels },
        field: { height: 1, width: 0, images: new Float32Array(4), labels },
      };
    },
  };
  return { source, reads };
}

Deno.test("SliceMemory keeps the slices that were read last", () => {
  const memory = new SliceMemory(2 * 36 + 35), { source, reads } = counted("a");
  const read = (index: number) => memory.slice(source, index).shown.images[0];
  assertEquals([0, 1, 0, 2, 0, 1].map(read), [0, 1, 0, 2, 0, 1]);
  // 0 was used after 1, so 1 gave way to 2, and then 2 to 1.
  assertEquals(reads, [0, 1, 2, 1]);
  const other = counted("b");
  memory.slice(other.source, 1);
  assertEquals(other.reads, [1]);
});

Deno.test("SliceMemory gives room to what stays before slices, and no more than it has", () => {
  const memory = new SliceMemory(100), { source, reads } = counted("a");
  memory.slice(source, 0);
  assert(memory.reserve(70) && !memory.reserve(31) && memory.reserve(30));
  for (let n = 0; n < 2; n++) memory.slice(source, 0);
  assertEquals(reads, [0, 0, 0]);
});
