import { decodePng } from "../../../lib/base/deps/png.ts";
import { CLASS_COLORS, sliceSheet } from "../../../lib/base/report/slice_sheet.ts";
import { assert, assertEquals, assertThrows } from "../../deps.ts";

const size = 100;
const sheet = (labels: Uint8Array) => ({
  title: "Slices",
  size,
  columns: ["image", "label"],
  classNames: [] as string[],
  rows: [{
    caption: "case",
    panels: [{ image: new Float32Array(size * size) }, {
      image: new Float32Array(size * size),
      labels,
    }],
  }],
});

Deno.test("sliceSheet() outlines each class in its colour and leaves its inside to the image", () => {
  const labels = new Uint8Array(size * size);
  for (let y = 20; y < 60; y++) labels.fill(2, y * size + 30, y * size + 70);
  const { width, data } = decodePng(sliceSheet(sheet(labels)));
  const at = (x: number, y: number) => {
    // Panels are drawn at twice their size, the second one after a gap of 6 pixels.
    const i = 3 * (6 + 200 + 6 + 2 * x + width * (56 + 2 * y));
    return [...data.slice(i, i + 3)];
  };
  assertEquals(at(30, 40), [...CLASS_COLORS[1]!]);
  assertEquals(at(50, 20), [...CLASS_COLORS[1]!]);
  assertEquals(at(50, 40), [0, 0, 0]);
  assertEquals(at(10, 10), [0, 0, 0]);
});

Deno.test("sliceSheet() refuses a picture of another size", () => {
  const error = assertThrows(() => sliceSheet(sheet(new Uint8Array(5))), TypeError);
  assert(error.message.includes("5 pixels, wanted 100 x 100"));
});
