import { assert, assertAlmostEquals, assertEquals } from "../../../deps.ts";
import { affine } from "../../../../lib/imaging/artifacts/torchio/affine.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { scalingAffine } from "../../../../lib/base/volume/affine.ts";
import { smallCase } from "../small_case.ts";

const shape = [9, 9, 5] as const;
const still = { scales: [1, 1, 1], degrees: [0, 0, 0], translation: [0, 0, 0] } as const;

/** One bright voxel in a volume of 2 mm voxels whose axes are R, A and S. */
function dot(i: number, j: number, k: number) {
  const data = new Float32Array(9 * 9 * 5);
  data[i + 9 * (j + 9 * k)] = 1;
  return { data, shape, affine: scalingAffine([2, 2, 2], [-11, 7, 3]) };
}

const brightest = (data: ArrayLike<number>) => {
  const o = Array.from(data).indexOf(Math.max(...Array.from(data)));
  return [o % 9, Math.floor(o / 9) % 9, Math.floor(o / 81)];
};

Deno.test("torchio/affine takes content by its translation along R, A and S, label included", () => {
  const volume = dot(3, 4, 2), given = { ...still, translation: [4, -2, 2] as never };
  const { data } = affine.apply(volume, given as never);
  assertEquals(brightest(data), [5, 3, 3]);
  assertAlmostEquals(data[5 + 9 * (3 + 9 * 3)]!, 1, 1e-5);
  const label = { ...volume, data: Uint8Array.from(volume.data) };
  assertEquals(brightest(affine.applyToLabel(label, given as never).data), [5, 3, 3]);
});

Deno.test("torchio/affine turns about the volume's middle, a quarter about S from R to A", () => {
  const { data } = affine.apply(dot(6, 4, 2), { ...still, degrees: [0, 0, 90] } as never);
  assertEquals(brightest(data), [4, 6, 2]);
  const { data: tilted } = affine.apply(dot(4, 6, 2), { ...still, degrees: [90, 0, 0] } as never);
  assertEquals(brightest(tilted), [4, 4, 4]);
});

Deno.test("torchio/affine scales about the middle", () => {
  const { data } = affine.apply(dot(5, 4, 2), { ...still, scales: [2, 1, 1] } as never);
  assertEquals(brightest(data), [6, 4, 2]);
});

Deno.test("torchio/affine keeps a single slice in its plane and draws within its ranges", () => {
  const { volume } = smallCase([16, 11, 1]);
  for (const seed of [1, 2, 3]) {
    const drawn = affine.sample(
      { degrees: 30, translation: 40 },
      RandomStream.fromSeed(seed),
      volume,
    );
    assertEquals([drawn.degrees[0], drawn.degrees[1], drawn.translation[2]], [0, 0, 0]);
    assert(Math.abs(drawn.degrees[2]) <= 30 && Math.abs(drawn.translation[0]) <= 40);
    assert(drawn.scales[0] >= 0.9 && drawn.scales[0] <= 1.1 && drawn.scales[2] === 1);
  }
});
