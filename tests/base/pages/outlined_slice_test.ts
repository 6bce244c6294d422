import { decodePng } from "../../../lib/base/deps/png.ts";
import { cropAround, outlinedSliceSvg } from "../../../lib/base/pages/outlined_slice.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";

/** A mask of 400 pixels, rows of so many, with one marked rectangle. */
function mask(x: number, y: number, width: number, height: number, row = 20): Uint8Array {
  const classes = new Uint8Array(400);
  for (let j = y; j < y + height; j++) classes.fill(1, x + row * j, x + width + row * j);
  return classes;
}

Deno.test("cropAround() is a square around all masks with air, within the slice", () => {
  assertEquals(cropAround([mask(8, 8, 4, 2), mask(10, 9, 2, 3)], square(20), 1), {
    x: 7,
    y: 7,
    size: 6,
  });
  assertEquals(cropAround([mask(0, 17, 2, 3)], square(20), 10), { x: 0, y: 10, size: 10 });
  assertEquals(cropAround([mask(0, 0, 20, 20)], square(20), 1), { x: 0, y: 0, size: 20 });
  assertEquals(cropAround([mask(0, 0, 0, 0)], square(20), 10), { x: 0, y: 0, size: 20 });
  // Rows may be longer than columns; the square is no larger than the shorter side.
  const long = { height: 10, width: 40 };
  assertEquals(cropAround([mask(30, 7, 4, 2, 40)], long, 1), { x: 29, y: 4, size: 6 });
  assertEquals(cropAround([mask(0, 0, 0, 0)], long, 1), { x: 15, y: 0, size: 10 });
  assertEquals(cropAround([mask(2, 0, 30, 2, 40)], long, 1), { x: 12, y: 0, size: 10 });
});

Deno.test("outlinedSliceSvg() holds the cropped pixels and the outlines in their place", () => {
  const svg = outlinedSliceSvg({
    label: "a & b",
    image: Uint8Array.from({ length: 400 }, (_, n) => n % 256),
    width: 20,
    crop: { x: 7, y: 7, size: 6 },
    outlines: [{ classes: mask(8, 8, 4, 2), style: "ftn" }],
  });
  assertStringIncludes(svg, 'aria-label="a &amp; b" viewBox="0 0 6 6"');
  assertStringIncludes(svg, '<path class="outline ftn" d="M1 1h4M1 3h4M1 1v2M5 1v2"/>');
  const [, png] = /base64,([^"]+)/.exec(svg) ?? [];
  assert(png !== undefined);
  const { width, data } = decodePng(Uint8Array.fromBase64(png));
  assertEquals([width, data[0], data[6]], [6, 147, 167]);
});
