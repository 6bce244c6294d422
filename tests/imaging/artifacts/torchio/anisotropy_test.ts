import { assert, assertEquals } from "../../../deps.ts";
import { anisotropy } from "../../../../lib/imaging/artifacts/torchio/anisotropy.ts";
import { smallCase } from "../small_case.ts";
import { scalingAffine } from "../../../../lib/base/volume/affine.ts";

Deno.test("torchio/anisotropy along few slices blanks the end slices, as TorchIO does, unless told not to", () => {
  const { volume } = smallCase([6, 5, 6]);
  const blank = (outside: "zero" | "edge") => {
    const { data } = anisotropy.apply(volume, { axis: 2, factor: 2.5, outside });
    return [...Array(6).keys()].filter((k) =>
      data.subarray(30 * k, 30 * k + 30).every((v) => v === 0)
    );
  };
  assert(blank("zero").length > 0);
  assertEquals(blank("edge"), []);
});

Deno.test("torchio/anisotropy takes the label along where scalars_only is false, and only there", () => {
  const data = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7);
  const label = { data, shape: [8, 1, 1] as const, affine: scalingAffine([1, 1, 1]) };
  assertEquals(anisotropy.applyToLabel(label, { axis: 0, factor: 2 }) === label, true);
  const { data: coarse } = anisotropy.applyToLabel(label, {
    ...{ axis: 0, factor: 2, outside: "edge", scalars_only: false },
  });
  // samples at 0.5, 2.5, 4.5 and 6.5, of which each is the voxel above
  assertEquals([...coarse], [1, 1, 3, 3, 5, 5, 7, 7]);
});
