import { assert, assertAlmostEquals, assertEquals } from "../../../deps.ts";
import { scalingAffine } from "../../../../lib/base/volume/affine.ts";
import { modelGrid, scaleForModel } from "../../../../lib/workflows/challenge/models/model_grid.ts";
import type { ModelConfig } from "../../../../lib/workflows/challenge/models/model_config.ts";

const CONFIG: ModelConfig = {
  ...{ dims: 3, input: "x", output: "y", layout: "NCDHW", spacing: null },
  ...{ size: { multipleOf: 1 }, intensity: { kind: "none" }, sliceAxis: "auto" },
  ...{ orientation: "file", codes: [0, 1], activation: "logits" },
};

/** 4 x 3 x 2 voxels, the number of each its value; axis i runs to the left. */
const volume = {
  data: Float32Array.from({ length: 24 }, (_, n) => n),
  shape: [4, 3, 2] as const,
  affine: scalingAffine([-1, 1, 5], [10, 0, 0]),
};

Deno.test("modelGrid() leaves the file's axes, and there and back is the same", () => {
  const grid = modelGrid([volume], CONFIG);
  assertEquals(grid.shape, [4, 3, 2]);
  assertEquals(grid.channels[0], volume.data);
  assertEquals(grid.restore(grid.channels[0]!), volume.data);
});

Deno.test("modelGrid() turns axes as asked, and back", () => {
  const grid = modelGrid([volume], { ...CONFIG, orientation: "RAS" });
  assertEquals([...grid.channels[0]!.subarray(0, 4)], [3, 2, 1, 0]);
  assertEquals(grid.restore(grid.channels[0]!), volume.data);
  const turned = modelGrid([volume], { ...CONFIG, orientation: "SAR", sliceAxis: 2 });
  assertEquals(turned.shape, [2, 3, 4]);
  assertEquals(turned.restore(turned.channels[0]!), volume.data);
});

Deno.test("modelGrid() stacks along the axis that is asked for", () => {
  const grid = modelGrid([volume], { ...CONFIG, sliceAxis: 0 });
  assertEquals(grid.shape, [3, 2, 4]);
  assertEquals(grid.restore(grid.channels[0]!), volume.data);
});

Deno.test("modelGrid() resamples in the order of the tensor, and back", () => {
  const size = 8 * 6 * 4;
  const smooth = {
    data: Float32Array.from({ length: size }, (_, n) => n % 8),
    shape: [8, 6, 4] as const,
    affine: scalingAffine([1, 1, 4]),
  };
  const grid = modelGrid([smooth], { ...CONFIG, spacing: [2, 1, 0.5] });
  assertEquals(grid.shape, [16, 6, 8]);
  const back = grid.restore(grid.channels[0]!);
  assertEquals(back.length, size);
  smooth.data.forEach((value, n) => assertAlmostEquals(back[n]!, value, 0.13));
  const flat = modelGrid([smooth], { ...CONFIG, dims: 2, spacing: [2, 0.5] });
  assertEquals(flat.shape, [16, 3, 4]);
});

Deno.test("scaleForModel() has each scale's closed form", () => {
  const voxels = Float32Array.of(0, 0, 2, 6);
  const of = (
    intensity: Parameters<typeof scaleForModel>[1],
  ) => [...scaleForModel(voxels, intensity)];
  assertEquals(of({ kind: "none" }), [0, 0, 2, 6]);
  of({ kind: "minmax" }).forEach((v, n) => assertAlmostEquals(6 * v, voxels[n]!, 1e-6));
  assertEquals(of({ kind: "window", low: 1, high: 3 }), [0, 0, 0.5, 1]);
  assertEquals(of({ kind: "ct", low: 0, high: 4, mean: 2, deviation: 2 }), [-1, -1, 0, 1]);
  assertEquals(of({ kind: "zscore", nonzero: true }), [0, 0, -1, 1]);
  const scored = of({ kind: "zscore", nonzero: false });
  assertAlmostEquals(scored.reduce((sum, value) => sum + value, 0), 0, 1e-6);
  assertAlmostEquals(scored.reduce((sum, value) => sum + value * value, 0), 4, 1e-5);
  assert(
    scaleForModel(new Float32Array(3), { kind: "zscore", nonzero: false }).every((v) => v === 0),
  );
});
