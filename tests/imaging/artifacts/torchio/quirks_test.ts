import { assert, assertEquals } from "../../../deps.ts";
import { gamma } from "../../../../lib/imaging/artifacts/torchio/gamma.ts";
import { ghosting } from "../../../../lib/imaging/artifacts/torchio/ghosting.ts";
import { motion } from "../../../../lib/imaging/artifacts/torchio/motion.ts";
import { noise } from "../../../../lib/imaging/artifacts/torchio/noise.ts";
import { spike } from "../../../../lib/imaging/artifacts/torchio/spike.ts";
import { TorchRandom } from "../../../../lib/imaging/artifacts/torch_random.ts";
import { largestDifference } from "../../fft/naive_dft.ts";
import { smallCase } from "../small_case.ts";

const { volume } = smallCase();

Deno.test("torchio output quirk: the magnitude is never negative", () => {
  const params = {
    positions_fractional: [[0.3, 0.7, 0.5]] as [number, number, number][],
    intensity: 2,
  };
  assert(spike.apply(volume, params).data.some((value) => value < 0));
  assert(spike.apply(volume, { ...params, output: "magnitude" }).data.every((value) => value >= 0));
  const comb = { num_ghosts: 5, axis: 0 as const, intensity: 3 };
  assert(
    ghosting.apply(volume, { ...comb, output: "magnitude" }).data.every((value) => value >= 0),
  );
});

Deno.test("torchio/spike peak quirk: once gives two spikes of equal height, running a larger second", () => {
  const at = (position: [number, number, number], peak: "running" | "once") => {
    const positions_fractional = [[0.3, 0.7, 0.5], position] as [number, number, number][];
    return spike.apply(volume, { positions_fractional, intensity: 2, peak }).data;
  };
  const first = spike.apply(volume, { positions_fractional: [[0.3, 0.7, 0.5]], intensity: 2 }).data;
  const height = (data: Float32Array) =>
    Math.max(...data.map((value, o) => Math.abs(value - first[o]!)));
  const ratio = height(at([0.8, 0.2, 0.5], "running")) / height(at([0.8, 0.2, 0.5], "once"));
  assert(ratio > 1.9 && ratio < 2.1, `ratio ${ratio}`);
});

Deno.test("torchio/ghosting restore quirk: at-least-one keeps the mean where down loses it", () => {
  const params = { num_ghosts: 4, axis: 0 as const, intensity: 0.7, restore: 0.02 };
  const mean = (data: Float32Array) => data.reduce((sum, value) => sum + value, 0) / data.length;
  const loss = (restore_rounding: "down" | "at-least-one" | "ignored") =>
    1 - mean(ghosting.apply(volume, { ...params, restore_rounding }).data) / mean(volume.data);
  assert(Math.abs(loss("down") - 0.7) < 1e-5);
  assert(Math.abs(loss("at-least-one")) < 1e-5);
  assert(Math.abs(loss("ignored")) < 1e-5);
});

Deno.test("torchio/motion pivot quirk: the image's centre stays where the pivot is the centre", () => {
  const params = {
    degrees_xyz: [[0, 0, 20]] as [number, number, number][],
    translation_mm_lps: [[0, 0, 0]] as [number, number, number][],
    times: [0.1],
    kspace_axis: 1 as const,
  };
  // from time 0.1 on nearly all of the spectrum, but for the centre swapped to the unmoved volume
  const change = (pivot: "world-origin" | "image-centre") =>
    largestDifference(motion.apply(volume, { ...params, times: [0.6], pivot }).data, volume.data);
  assert(change("world-origin") > change("image-centre") && change("image-centre") > 0.01);
});

Deno.test("torchio/noise lays PyTorch's numbers along the slice axis first", () => {
  const { data } = noise.apply(volume, { mean: 5, std: 2, seed: 11 });
  const normal = new TorchRandom(11).randn(volume.data.length);
  const at = (i: number, j: number, k: number) => i + 24 * (j + 20 * k);
  for (const [i, j, k] of [[0, 0, 1], [3, 5, 2], [23, 19, 0]] as const) {
    const want = volume.data[at(i, j, k)]! + 5 + 2 * normal[(i * 20 + j) * 3 + k]!;
    assert(Math.abs(data[at(i, j, k)]! - want) < 1e-5);
  }
});

Deno.test("torchio/gamma keeps the sign of negative values, and has its limits", () => {
  const signed = {
    ...volume,
    data: volume.data.map((_, o) => o === 0 ? -0.25 : o === 1 ? 0 : 0.25),
  };
  const { data } = gamma.apply(signed, { gamma: 0.5 });
  assertEquals([data[0], data[1], data[2]], [-0.5, 0, 0.5]);
  assert(gamma.apply(volume, { gamma: Math.exp(100) }).data.every((value) => value < 1e-6));
  assert(gamma.apply(volume, { gamma: 0 }).data.every((value) => value === 1));
});
