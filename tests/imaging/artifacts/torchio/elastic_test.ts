import { assert, assertEquals } from "../../../deps.ts";
import { elastic } from "../../../../lib/imaging/artifacts/torchio/elastic.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { smallCase } from "../small_case.ts";

const control = { control_points: [5, 4, 4] as [number, number, number] };
type Triple = [number, number, number];

Deno.test("torchio/elastic with equal control points shifts image and label by that many mm, LPS", () => {
  const { volume, label } = smallCase();
  // 3 mm to the left is minus 2 voxels along i of a RAS volume with 1.5 mm
  const displacements_mm_lps = Array.from({ length: 80 }, (): Triple => [3, -1.4, 0]);
  const { data } = elastic.apply(volume, { ...control, displacements_mm_lps });
  const moved = elastic.applyToLabel(label, { ...control, displacements_mm_lps });
  for (const [i, j, k] of [[5, 5, 0], [12, 9, 1], [20, 17, 2]] as const) {
    const o = i + 24 * (j + 20 * k), from = o - 2 + 24;
    assert(Math.abs(data[o]! - volume.data[from]!) < 1e-5, `voxel ${i} ${j} ${k}`);
    assertEquals(moved.data[o], label.data[from]);
  }
});

Deno.test("torchio/elastic runs its grid along +LPS, against the axes of a RAS volume", () => {
  const { volume } = smallCase();
  const data = volume.data.map((_, o) => o % 24);
  // only the last layer along L moves, which is the first voxels along i
  const displacements_mm_lps = Array.from(
    { length: 80 },
    (_, n): Triple => n >= 64 ? [-1.5, 0, 0] : [0, 0, 0],
  );
  const moved = elastic.apply({ ...volume, data }, { ...control, displacements_mm_lps }).data;
  const shift = (i: number) => moved[i + 240]! - i;
  assert(
    shift(0) > 0.1 && shift(4) > 0 && Math.abs(shift(15)) < 1e-6 && Math.abs(shift(23)) < 1e-6,
  );
});

Deno.test("torchio/elastic locks the borders of the first two grid axes, or of all", () => {
  const { volume } = smallCase();
  const isZero = (d: readonly number[]) => d.every((value) => value === 0);
  const drawn = (lock_all_axes: boolean) =>
    elastic.sample({ lock_all_axes }, RandomStream.fromSeed(1), volume).displacements_mm_lps;
  assertEquals(drawn(false).filter((d) => !isZero(d)).length, 3 * 3 * 7);
  assertEquals(drawn(true).filter((d) => !isZero(d)).length, 3 * 3 * 3);
});
