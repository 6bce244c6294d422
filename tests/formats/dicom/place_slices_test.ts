import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import { applyAffine } from "../../../lib/base/volume/affine.ts";
import type { Affine } from "../../../lib/base/volume/volume.ts";
import { affineByHeaders } from "../../../lib/formats/dicom/place_slices.ts";

/** Planes tilted about x, 3 x 2 pixels of 1 mm, whose slices move 5 mm along z. */
const tilted = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    orientation: [1, 0, 0, 0, 0.8, 0.6],
    position: [7, 8, 5 * n],
  }));
const SHAPE = [3, 2, 4] as const;

/** Rows from the first to the last of DICOM, or upwards; slices `step` mm apart along z. */
const sform = (step: number, from: number, rows: 1 | -1): Affine => {
  const [y, z] = rows === 1 ? [-8, from] : [-8 - 0.8, from + 0.6];
  return [-1, 0, 0, -7, 0, -0.8 * rows, 0, y, 0, 0.6 * rows, step, z, 0, 0, 0, 1];
};

Deno.test("affineByHeaders() stretches the way of slices that move sideways to what they moved", () => {
  for (const rows of [1, -1] as const) {
    const placed = affineByHeaders(tilted(4), sform(4, 0, rows), SHAPE)!;
    sform(5, 0, rows).forEach((value, n) => assertAlmostEquals(placed[n]!, value, 1e-12));
    // a file that begins with the uppermost slice, which its affine places 3 mm too low
    const down = affineByHeaders(tilted(4).reverse(), sform(-4, 12, rows), SHAPE)!;
    const [, , z] = applyAffine(down, [0, rows === 1 ? 0 : 1, 0]);
    assertAlmostEquals(z, 15, 1e-12);
    assertAlmostEquals(down[10]!, -5, 1e-12);
  }
});

Deno.test("affineByHeaders() takes echoes of one place for one, a hundredth of a mm apart", () => {
  const [echoes, wrong] = [[0, 0.01], sform(4, 0, 1)];
  const files = tilted(4).flatMap(({ orientation, position: [x, y, z] }) =>
    echoes.map((off) => ({ orientation, position: [x!, y!, z! + off] }))
  );
  assertAlmostEquals(affineByHeaders(files, wrong, SHAPE)![10]!, 5, 0.01);
});

Deno.test("affineByHeaders() leaves alone what lies right, and what headers do not tell", () => {
  assertEquals(affineByHeaders(tilted(4), sform(5, 0, -1), SHAPE), undefined);
  assertEquals(affineByHeaders(tilted(4), sform(5.001, 0, -1), SHAPE), undefined);
  const wrong = sform(4, 0, 1);
  assertEquals(affineByHeaders(tilted(5), wrong, SHAPE), undefined);
  assertEquals(affineByHeaders(tilted(1), wrong, [3, 2, 1]), undefined);
  assertEquals(affineByHeaders([{}, {}, {}, {}], wrong, SHAPE), undefined);
  // the slices' axis in the second place: columns are others' then
  const turned: Affine = [-1, 0, 0, -7, 0, 0, -0.8, -8, 0, 4, 0.6, 0, 0, 0, 0, 1];
  assertEquals(affineByHeaders(tilted(4), turned, SHAPE), undefined);
  const uneven = tilted(4).with(2, { ...tilted(1)[0]!, position: [7, 8, 8] });
  assertEquals(affineByHeaders(uneven, wrong, SHAPE), undefined);
});
