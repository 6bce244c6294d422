import { decodePng } from "../../../lib/base/deps/png.ts";
import { classColour } from "../../../lib/base/report/class_colours.ts";
import { sliceSheet } from "../../../lib/base/report/slice_sheet.ts";
import { assert, assertEquals, assertThrows } from "../../deps.ts";

const [height, width] = [90, 100];
const sheet = (labels: Uint8Array, colour?: string) => ({
  title: "Slices",
  height,
  width,
  columns: ["image", "label"],
  classes: [{ name: "a" }, { name: "b", colour }],
  rows: [{
    caption: "case",
    panels: [{ image: new Float32Array(height * width) }, {
      image: new Float32Array(height * width),
      labels,
    }],
  }],
});

/** A sheet's colours in its second panel, whose class 2 lies at 30-69 x 20-59. */
function drawn(colour?: string) {
  const labels = new Uint8Array(height * width);
  for (let y = 20; y < 60; y++) labels.fill(2, y * width + 30, y * width + 70);
  const { width: across, data } = decodePng(sliceSheet(sheet(labels, colour)));
  return (x: number, y: number) => {
    // Panels are drawn at twice their size, the second one after a gap of 6 pixels.
    const i = 3 * (6 + 200 + 6 + 2 * x + across * (56 + 2 * y));
    return [...data.slice(i, i + 3)];
  };
}

Deno.test("sliceSheet() outlines each class in its colour and leaves its inside to the image", () => {
  const at = drawn();
  assertEquals(at(30, 40), [...classColour(2)]);
  assertEquals(at(50, 20), [...classColour(2)]);
  assertEquals(at(50, 40), [0, 0, 0]);
  assertEquals(at(10, 10), [0, 0, 0]);
  assertEquals(drawn("#0a0b0c")(30, 40), [10, 11, 12]);
});

Deno.test("sliceSheet() refuses a picture of another size", () => {
  const error = assertThrows(() => sliceSheet(sheet(new Uint8Array(5))), TypeError);
  assert(error.message.includes("5 pixels, wanted 90 x 100"));
});
