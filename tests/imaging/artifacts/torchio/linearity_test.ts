/** Artifacts that act on the spectrum alone are linear in the image, whatever its values. */
import { assert, assertEquals, fc } from "../../../deps.ts";
import { findArtifact } from "../../../../lib/imaging/artifacts/registry.ts";
import type { Volume } from "../../../../lib/base/volume/volume.ts";
import { smallCase } from "../small_case.ts";

const difference = (a: Float32Array, b: Float32Array) =>
  a.reduce((worst, value, o) => Math.max(worst, Math.abs(value - b[o]!)), 0);

/** a volume + b other. */
function combined(volume: Volume, other: Volume, a: number, b: number): Volume {
  return { ...volume, data: volume.data.map((value, o) => a * value + b * other.data[o]!) };
}

const linear: [string, Record<string, unknown>][] = [
  ["ghosting", { num_ghosts: 3, axis: 0, intensity: 0.8, restore: null }],
  ["motion", {
    degrees_xyz: [[2, -1, 5], [0, 3, -4]],
    translation_mm_lps: [[1, 2, 0], [-3, 0, 1]],
    times: [0.3, 0.7],
    kspace_axis: 1,
    // the least value as a border would not be linear
    outside: "edge",
  }],
  ["blur", { std: [1, 2, 3] }],
  ["bias", { order: 1, coefficients: [0.2, -0.1, 0.4, 0.3] }],
  ["anisotropy", { axis: 1, factor: 2.5 }],
];

for (const [name, params] of linear) {
  Deno.test(`torchio/${name} is linear in the image`, () => {
    const artifact = findArtifact(name, "torchio");
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (a, b) => {
          const { volume, context } = smallCase([13, 12, 3]);
          const apply = (image: Volume) => artifact.apply(image, params);
          const parts = combined(apply(volume), apply(context.otherFrame), a, b);
          const whole = apply(combined(volume, context.otherFrame, a, b));
          assert(difference(parts.data, whole.data) < 1e-5);
        },
      ),
      { numRuns: 10, seed: 1 },
    );
  });
}

Deno.test("torchio/motion of one pose is plain resampling, a shift for whole voxels", () => {
  const { volume } = smallCase([12, 10, 1]);
  const artifact = findArtifact("motion", "torchio");
  // along an axis of one voxel the whole spectrum comes from the last pose
  const still = [0, 0, 0], degrees_xyz = [still, still], times = [0.3, 0.7];
  const move = (shift: number[]) =>
    artifact.apply(volume, { degrees_xyz, times, translation_mm_lps: [still, shift] });
  // the volume is read 3 mm to the right, 2 voxels on, so that its content goes to the left
  const moved = move([-3, 0, 0]);
  for (let i = 0; i < 10; i++) {
    assert(Math.abs(moved.data[i]! - volume.data[i + 2]!) < 1e-5, `voxel ${i}`);
  }
  assert(difference(move(still).data, volume.data) < 1e-6);
});

Deno.test("torchio/bias with a constant term alone is a pure gain, and its negative undoes it", () => {
  const { volume } = smallCase([5, 4, 1]), artifact = findArtifact("bias", "torchio");
  const coefficients = [0.4, 0.1, -0.3, 0.2];
  const gain = artifact.apply(volume, { order: 1, coefficients: [0.4, 0, 0, 0] });
  assertEquals([...gain.data], [...volume.data.map((value) => value * Math.fround(Math.exp(0.4)))]);
  const there = artifact.apply(volume, { order: 1, coefficients });
  const negative = coefficients.map((value) => -value);
  const back = artifact.apply(there, { order: 1, coefficients: negative });
  assert(difference(back.data, volume.data) < 1e-5);
});
