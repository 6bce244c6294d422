import { middleOf, middleSlices } from "../../../../lib/imaging/data/batches/middle_slices.ts";
import type { PreparedCase } from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { assertEquals } from "../../../deps.ts";

/** Two slices of 6 x 8 with two channels; a pixel's value is its place, the second channel's 0.5 more. */
function stack(id: string, marks: readonly number[]): PreparedCase {
  const pixels = 48, labels = new Uint8Array(2 * pixels);
  for (const at of marks) labels[pixels + at] = 2;
  const images = Float32Array.from(
    { length: 4 * pixels },
    (_, n) => n % pixels + (Math.floor(n / pixels) % 2) / 2,
  );
  const size = { height: 6, width: 8 };
  return { id, ...size, slices: 2, channels: 2, images, labels } as unknown as PreparedCase;
}

Deno.test("middleSlices() shows whole slices of the size asked for, channels last", () => {
  const { images, labels, ids, batch, height, width, channels } = middleSlices(
    [stack("a", [3]), stack("b", [])],
    { height: 6, width: 8 },
  );
  assertEquals([ids, batch, height, width, channels], [["a#1", "b#1"], 2, 6, 8, 2]);
  assertEquals([...images.slice(0, 6)], [0, 0.5, 1, 1.5, 2, 2.5]);
  assertEquals([labels.length, labels.indexOf(2), labels.lastIndexOf(2)], [96, 3, 3]);
});

Deno.test("middleSlices() shows a window about the foreground, or the slice's middle", () => {
  const size = { height: 2, width: 4 };
  const { images, labels } = middleSlices([stack("a", [8 * 4 + 6]), stack("b", [])], size);
  // Foreground at (6, 4): columns 4 to 7, rows 3 and 4.
  assertEquals([...images.slice(0, 16)].filter((_, n) => n % 2 === 0), [
    ...[28, 29, 30, 31],
    ...[36, 37, 38, 39],
  ]);
  assertEquals([...labels.slice(0, 8)], [0, 0, 0, 0, 0, 0, 2, 0]);
  // No foreground: columns 2 to 5, rows 2 and 3.
  assertEquals([images[16], images[24]], [18, 26]);
});

Deno.test("middleSlices() lays a smaller slice into the middle, its edges continued", () => {
  const { images, labels } = middleSlices([stack("a", [0])], { height: 8, width: 10 });
  assertEquals([images[0], images[2], images[2 * 11]], [0, 0, 0]);
  assertEquals(images[2 * 12], 1);
  assertEquals([...labels].indexOf(2), 11);
});

Deno.test("middleOf() is the later of two middle slices", () => {
  assertEquals([1, 2, 3, 4].map((slices) => middleOf({ slices })), [0, 1, 1, 2]);
});
