import { decodePng } from "../../../lib/base/deps/png.ts";
import { classColour } from "../../../lib/base/report/class_colours.ts";
import { sliceSheet } from "../../../lib/base/report/slice_sheet.ts";
import { svgPng } from "../../../lib/base/report/svg_png.ts";
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
async function drawn(colour?: string) {
  const labels = new Uint8Array(height * width);
  for (let y = 20; y < 60; y++) labels.fill(2, y * width + 30, y * width + 70);
  const { width: across, data } = decodePng(await svgPng(sliceSheet(sheet(labels, colour))));
  return (x: number, y: number) => {
    // Panels are drawn at twice their size, the second one after a gap of 6 pixels.
    const i = 3 * (6 + 200 + 6 + 2 * x + across * (56 + 2 * y));
    return [...data.slice(i, i + 3)];
  };
}

Deno.test("sliceSheet() outlines each class in its colour and leaves its inside to the image", async () => {
  const at = await drawn();
  assertEquals(at(30, 40), [...classColour(2)]);
  assertEquals(at(50, 20), [...classColour(2)]);
  assertEquals(at(50, 40), [0, 0, 0]);
  assertEquals(at(10, 10), [0, 0, 0]);
  assertEquals((await drawn("#0a0b0c"))(30, 40), [10, 11, 12]);
});

Deno.test("sliceSheet() shows pixels as squares of their grey", async () => {
  const image = Float32Array.from({ length: height * width }, (_, n) => (n * 37 % 11) / 10);
  const { rows, ...rest } = sheet(new Uint8Array(height * width));
  const { data, width: across } = decodePng(
    await svgPng(
      sliceSheet({ ...rest, columns: ["image"], rows: [{ ...rows[0]!, panels: [{ image }] }] }),
    ),
  );
  for (const [x, y] of [[0, 0], [41, 33], [99, 89]] as const) {
    const grey = Math.round(255 * image[x + width * y]!);
    for (const [dx, dy] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) {
      assertEquals(data[3 * (6 + 2 * x + dx + across * (56 + 2 * y + dy))], grey, `${x} ${y}`);
    }
  }
});

Deno.test("sliceSheet() refuses a picture of another size", () => {
  const error = assertThrows(() => sliceSheet(sheet(new Uint8Array(5))), TypeError);
  assert(error.message.includes("5 pixels, wanted 90 x 100"));
});

Deno.test("sliceSheet() sets many rows of few columns side by side", () => {
  const [row] = sheet(new Uint8Array(height * width)).rows;
  const sizeOf = (count: number) => {
    const svg = sliceSheet({ ...sheet(new Uint8Array(0)), rows: Array(count).fill(row) });
    assertEquals(svg.match(/>case</g)?.length, count);
    return /width="(\d+)" height="(\d+)"/.exec(svg)!.slice(1).map(Number) as [number, number];
  };
  assertEquals(sizeOf(1)[0], sizeOf(2)[0]);
  const [across, down] = sizeOf(21);
  assert(down < 2 * across && across < 1600, `${across} x ${down}`);
});

Deno.test("sliceSheet() cuts captions that are wider than what they stand by", () => {
  const long = "a case whose name goes on and on and on and on and on and on and on and on".repeat(
    2,
  );
  const { rows, ...rest } = sheet(new Uint8Array(height * width));
  const svg = sliceSheet({
    ...rest,
    title: long,
    columns: [long, long],
    rows: [{ ...rows[0]!, caption: long }],
  });
  assertEquals(svg.match(/…/g)?.length, 4);
});
