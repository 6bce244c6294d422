import { decodePng } from "../../../lib/base/deps/png.ts";
import { cropAround, outlinedSliceSvg } from "../../../lib/base/pages/outlined_slice.ts";
import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";

/** A mask of 20 x 20 with one marked rectangle. */
function mask(x: number, y: number, width: number, height: number): Uint8Array {
  const classes = new Uint8Array(400);
  for (let j = y; j < y + height; j++) classes.fill(1, x + 20 * j, x + width + 20 * j);
  return classes;
}

Deno.test("cropAround() is a square around all masks with air, within the slice", () => {
  assertEquals(cropAround([mask(8, 8, 4, 2), mask(10, 9, 2, 3)], 20, 1), { x: 7, y: 7, size: 6 });
  assertEquals(cropAround([mask(0, 17, 2, 3)], 20, 10), { x: 0, y: 10, size: 10 });
  assertEquals(cropAround([mask(0, 0, 20, 20)], 20, 1), { x: 0, y: 0, size: 20 });
  assertEquals(cropAround([mask(0, 0, 0, 0)], 20, 10), { x: 0, y: 0, size: 20 });
});

Deno.test("outlinedSliceSvg() holds the cropped pixels and the outlines in their place", () => {
  const svg = outlinedSliceSvg({
    label: "a & b",
    image: Uint8Array.from({ length: 400 }, (_, n) => n % 256),
    size: 20,
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
