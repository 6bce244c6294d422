import { assertAlmostEquals, assertEquals } from "../../../deps.ts";
import { blur } from "../../../../lib/imaging/artifacts/torchio/blur.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { smallCase } from "../small_case.ts";

Deno.test("torchio/blur equals scipy.ndimage.gaussian_filter, mm turned to voxels", () => {
  const shape = [5, 4, 2] as const, { volume: { affine } } = smallCase(shape);
  const data = new Float32Array(40);
  for (let o = 0; o < 40; o++) {
    const i = o % 5, j = Math.floor(o / 5) % 4, k = Math.floor(o / 20);
    data[o] = ((i * 8 + j * 2 + k) * 7) % 11;
  }
  const result = blur.apply({ data, shape, affine }, { std: [0.9, 2, 0] });
  for (const [i, j, k, want] of SCIPY) {
    assertAlmostEquals(result.data[i + 5 * (j + 4 * k)]!, want, 2e-5);
  }
});
/** Made with scipy 1.17.1: sigmas 0.6, 2 / 1.4 and 0 voxels. */
const SCIPY = [[0, 0, 0, 2.342145], [2, 1, 1, 5.093557], [4, 3, 0, 5.180426], [
  1,
  2,
  1,
  4.389767,
]] as const;

Deno.test("torchio/blur reads 1, 2, 3 or 6 numbers alike", () => {
  const draw = (std: unknown) =>
    blur.sample({ std: std as number }, RandomStream.fromSeed(1), smallCase().volume);
  assertEquals(draw([0, 1]), draw(1));
  assertEquals(draw([1, 1, 1]), draw(1));
  assertEquals(draw([0, 1, 0, 1, 0, 1]), draw(1));
});
