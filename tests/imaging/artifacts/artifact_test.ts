import { assert, assertEquals, assertThrows, fc } from "../../deps.ts";
import {
  type Artifact,
  artifactAxis,
  type Severity,
} from "../../../lib/imaging/artifacts/artifact.ts";
import { ARTIFACTS, findArtifact } from "../../../lib/imaging/artifacts/registry.ts";
import { psnr } from "../../../lib/imaging/metrics/psnr.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { stackAlong, unstackFrom } from "../../../lib/base/volume/slice_axis.ts";
import type { Affine, Volume } from "../../../lib/base/volume/volume.ts";
import { smallCase } from "./small_case.ts";

const titleOf = (artifact: Artifact) => `${artifact.mode}/${artifact.name}`;

/** Draws the parameters of a severity, through JSON as a manifest would keep them. */
function drawn(artifact: Artifact, severity: Severity, seed: number, volume: Volume): unknown {
  const rng = RandomStream.fromSeed(seed).stream(titleOf(artifact));
  const options = { ...artifact.optionsOf(severity) as object };
  // a small volume has no room for TorchIO's patches
  if (artifact.name === "swap") Object.assign(options, { patch_size: [4, 4, 1] });
  return JSON.parse(JSON.stringify(artifact.sample(options, rng, volume)));
}

Deno.test("every artifact makes the same bytes again from JSON and leaves its inputs alone", () => {
  const { volume, label, context } = smallCase();
  for (const artifact of ARTIFACTS) {
    const [image, codes] = [volume.data.slice(), label.data.slice()];
    const params = drawn(artifact, 4, 3, volume);
    const first = artifact.apply(volume, params, context);
    const again = artifact.apply(volume, JSON.parse(JSON.stringify(params)), context);
    assertEquals(first.data, again.data, titleOf(artifact));
    assert(first.data.some((value, o) => value !== image[o]), `${titleOf(artifact)} does nothing`);
    assertEquals(volume.data, image, titleOf(artifact));
    assertEquals(label.data, codes, titleOf(artifact));
  }
});

Deno.test("every artifact draws default parameters that it accepts", () => {
  const { volume, context } = smallCase();
  for (const artifact of ARTIFACTS) {
    for (const seed of [1, 2, 3]) {
      const params = artifact.sample({}, RandomStream.fromSeed(seed), volume);
      artifact.apply(volume, JSON.parse(JSON.stringify(params)), context);
    }
  }
});

Deno.test("physical artifacts go by the slices, along whichever axis a file has them", () => {
  const { volume, label, context } = smallCase([16, 15, 6]);
  for (const artifact of ARTIFACTS.filter(({ mode }) => mode === "physical")) {
    const params = drawn(artifact, 4, 3, volume), title = titleOf(artifact);
    const wanted = artifact.apply(volume, params, context);
    for (const axis of [0, 1] as const) {
      const turned = unstackFrom(volume, axis);
      assertEquals(artifactAxis(turned), axis);
      assertEquals(drawn(artifact, 4, 3, turned), params, title);
      const made = artifact.apply(turned, params, {
        ...context,
        label: unstackFrom(context.label!, axis),
        otherFrame: unstackFrom(context.otherFrame!, axis),
      });
      assertEquals(stackAlong(made, axis).data, wanted.data, `${title}, slices along ${axis}`);
      assertEquals(
        stackAlong(artifact.applyToLabel(unstackFrom(label, axis), params), axis).data,
        artifact.applyToLabel(label, params).data,
        title,
      );
    }
  }
});

Deno.test("artifacts move a lone slice within its plane, however that lies", () => {
  const { volume, label } = smallCase([16, 15, 1]), { data } = label, middle = Math.SQRT1_2;
  // turned by 45 degrees about x: what moves along its rows leaves the world's planes
  const affine = [2, 0, 0, 0, 0, 2 * middle, -8 * middle, 0, 0, 2 * middle, 8 * middle, 0, 0, 0, 0];
  const oblique = { ...volume, affine: [...affine, 1] as unknown as Affine };
  const ones = { ...oblique, data: new Float32Array(data.length).fill(1) };
  const options = { degrees: 0, translation: [6, 6], scales: 0, outside: "edge" };
  for (const name of ["affine", "elastic"]) {
    const artifact = findArtifact(name, "torchio"), rng = RandomStream.fromSeed(1);
    const params = artifact.sample(name === "affine" ? options : {}, rng, oblique) as object;
    const kept = artifact.apply(ones, { ...params, outside: "zero" }).data.filter((v) => v > 0);
    assert(kept.length > 100, `${name} leaves ${kept.length} of ${data.length} voxels`);
  }
});

Deno.test("a single number for a range is read as the artifact's own library reads it", () => {
  const { volume } = smallCase(), rng = () => RandomStream.fromSeed(5);
  const draw = (name: string, mode: "physical" | "torchio" | "monai", options: object) =>
    findArtifact(name, mode).sample(options, rng(), volume) as Record<string, number>;
  assertEquals(draw("noise", "physical", { snr: 10 })["snr"], 10);
  assertEquals(draw("low-field", "physical", { fieldT: 0.3 })["fieldT"], 0.3);
  const { std } = draw("noise", "torchio", { std: 0.25 });
  assert(std! < 0.25 && std! >= 0);
  const { gamma } = draw("contrast", "monai", { gamma: 2 });
  assert(gamma! > 0.5 && gamma! < 2);
  assertThrows(() => draw("contrast", "monai", { gamma: 0.3 }), RangeError, "single number");
  assertThrows(() => draw("low-field", "physical", { fieldT: [3, 20] }), RangeError, "tesla");
  assertThrows(() => draw("blur", "torchio", { std: [2, 1] }), RangeError, "ordered");
});

Deno.test("every artifact keeps shape and affine at odd sizes, single slices, flat and empty images", () => {
  for (const shape of [[15, 13, 5], [16, 11, 1], [9, 9, 2]] as const) {
    const { volume, label, context } = smallCase(shape);
    const zero = { ...volume, data: new Float32Array(volume.data.length) };
    const flat = { ...volume, data: new Float32Array(volume.data.length).fill(3) };
    for (const artifact of ARTIFACTS) {
      for (const input of [volume, flat, zero]) {
        const params = drawn(artifact, 3, 5, input);
        const result = artifact.apply(input, params, context);
        const where = `${titleOf(artifact)} at ${shape}`;
        assertEquals([...result.shape], [...shape], where);
        assertEquals([...result.affine], [...volume.affine], where);
        assert(result.data.every(Number.isFinite), `${where}: a voxel is not finite`);
        assertEquals(artifact.applyToLabel(label, params).shape.join(), shape.join(), where);
      }
    }
  }
});

Deno.test("every artifact is worse at a higher severity", () => {
  const { volume, context } = smallCase([48, 40, 4]);
  for (const artifact of ARTIFACTS) {
    const levels = ([1, 2, 3, 4, 5] as const).map((severity) => {
      let sum = 0;
      for (const seed of [1, 2, 3, 4]) {
        const result = artifact.apply(volume, drawn(artifact, severity, seed, volume), context);
        sum += psnr(result.data, volume.data) / 4;
      }
      return sum;
    });
    const ordered = levels.every((level, n) => n === 0 || level < levels[n - 1]!);
    assert(ordered, `${titleOf(artifact)}: PSNR ${levels.map((level) => level.toFixed(1))}`);
  }
});

Deno.test("artifacts that move nothing return the very same label, the others a moved one", () => {
  const { volume, label } = smallCase();
  for (const artifact of ARTIFACTS) {
    const params = drawn(artifact, 5, 1, volume), moved = artifact.applyToLabel(label, params);
    // these two of TorchIO move it where the axis has few voxels, or where they are asked to
    const asks = ["torchio/motion", "torchio/anisotropy"].includes(titleOf(artifact));
    const still = !artifact.movesLabel || asks;
    assertEquals(moved === label, still, titleOf(artifact));
    assert(moved.data.every((code) => code <= 3), titleOf(artifact));
  }
  const moving = ARTIFACTS.filter((artifact) => artifact.movesLabel).map(titleOf);
  assertEquals(moving, [
    "physical/misregistration",
    "physical/wrap-around",
    "torchio/motion",
    "torchio/anisotropy",
    "torchio/elastic",
    "torchio/affine",
  ]);
});

Deno.test("every artifact on magnitudes keeps dark dark where voxels are negative", () => {
  const { volume, context } = smallCase();
  const onMagnitudes = ARTIFACTS.filter((artifact) =>
    artifact.worksOnMagnitudes(drawn(artifact, 3, 2, volume))
  );
  const others = ARTIFACTS.filter((a) => !onMagnitudes.includes(a) && a.mode === "physical");
  assertEquals(others.map(titleOf), ["physical/misregistration"]);
  const less = (v: Volume, by: number) => ({ ...v, data: v.data.map((value) => value - by) });
  const least = Math.min(...volume.data, ...context.otherFrame.data);
  const at = (by: number) => ({
    volume: less(volume, least + by),
    context: { ...context, otherFrame: less(context.otherFrame, least + by) },
  });
  for (const artifact of onMagnitudes) {
    const params = drawn(artifact, 3, 2, volume);
    const apply = ({ volume, context }: ReturnType<typeof at>) =>
      artifact.apply(volume, params, context).data;
    const plain = apply(at(0)), lowered = apply(at(0.75));
    const worst = plain.reduce((w, v, o) => Math.max(w, Math.abs(v - 0.75 - lowered[o]!)), 0);
    assert(worst < 2e-4, `${titleOf(artifact)} differs by ${worst}`);
  }
});

Deno.test("artifacts that show other slices refuse a lone one", () => {
  const { volume } = smallCase([16, 11, 1]), misregistration = findArtifact("misregistration");
  const text = "the volume has 1 slice, wanted at least 2";
  assertThrows(
    () => misregistration.sample({ throughPlaneSdMm: 3 }, RandomStream.fromSeed(1), volume),
    RangeError,
    text,
  );
  assertThrows(() => misregistration.apply(volume, { shiftsMm: [[0, 0, 2]] }), RangeError, text);
});

const still: readonly [string, string, unknown][] = [
  ["torchio", "spike", { positions_fractional: [[0.2, 0.4, 0.6]], intensity: 0 }],
  ["torchio", "spike", { positions_fractional: [], intensity: 2 }],
  ["torchio", "ghosting", { num_ghosts: 5, axis: 0, intensity: 0 }],
  ["torchio", "ghosting", { num_ghosts: 0, axis: 0, intensity: 1 }],
  ["torchio", "motion", {
    degrees_xyz: [[0, 0, 0]],
    translation_mm_lps: [[0, 0, 0]],
    times: [0.4],
  }],
  ["torchio", "bias", { order: 2, coefficients: Array(10).fill(0) }],
  ["torchio", "noise", { mean: 0, std: 0, seed: 1 }],
  ["torchio", "blur", { std: [0, 0, 0] }],
  ["torchio", "gamma", { gamma: 1 }],
  ["torchio", "anisotropy", { axis: 0, factor: 1 }],
  ["torchio", "affine", { scales: [1, 1, 1], degrees: [0, 0, 0], translation: [0, 0, 0] }],
  ["monai", "contrast", { gamma: 1 }],
  ["monai", "rician", { std: 0, seed: 1 }],
  ["torchio", "swap", { patch_size: [2, 2, 2], locations: [] }],
  ["torchio", "elastic", {
    control_points: [4, 4, 4],
    displacements_mm_lps: Array(64).fill([0, 0, 0]),
  }],
  ["physical", "motion", { phaseEncodeAxis: 0, trajectories: [[[0, 0, 0], [0, 0, 0]]] }],
  ["physical", "respiration", {
    phaseEncodeAxis: 1,
    amplitudeMm: 0,
    cycles: 3,
    exponent: 1,
    directionDegrees: 0,
    phases: [0],
  }],
  ["physical", "flow", {
    phaseEncodeAxis: 1,
    amplitude: 0,
    cyclesPerLine: 0.2,
    phase: 0,
    softeningVoxels: 1,
  }],
  ["physical", "ghosting", { phaseEncodeAxis: 1, amplitude: 0, cyclesPerLine: 0.2, phase: 0 }],
  ["physical", "nyquist", { phaseEncodeAxis: 1, phase0: 0, phase1: 0 }],
  ["physical", "spike", { spikes: [] }],
  ["physical", "bias", { coils: [{ positionMm: [0, 40, 0], weight: 1 }], widthMm: 30, ratio: 1 }],
  ["physical", "banding", {
    coefficientsHz: [0, 0, 0, 0, 0, 0, 0],
    trMs: 3,
    flipDegrees: 50,
    t1Ms: 1000,
    t2Ms: 50,
  }],
  ["physical", "gibbs", { keep: [1, 1] }],
  ["physical", "partial-fourier", { phaseEncodeAxis: 0, fraction: 1, side: "last" }],
  ["physical", "undersampling", { phaseEncodeAxis: 0, lines: [...Array(24).keys()] }],
  ["physical", "mistriggering", { phaseEncodeAxis: 1, mixes: [[0, 0]] }],
  ["physical", "misregistration", { shiftsMm: [[0, 0, 0]] }],
  ["physical", "wrap-around", { phaseEncodeAxis: 1, fraction: 1 }],
  ["monai", "gibbs", { alpha: 0 }],
];

for (const [mode, name, params] of still) {
  Deno.test(`${mode}/${name} changes nothing at zero strength: ${Object.keys(params as object)}`, () => {
    const { volume, context } = smallCase();
    const result = findArtifact(name, mode as never).apply(volume, params, context);
    const worst = result.data.reduce(
      (w, value, o) => Math.max(w, Math.abs(value - volume.data[o]!)),
      0,
    );
    assert(worst < 2e-6, `differs by ${worst}`);
  });
}

Deno.test("Artifact.apply() refuses volumes that are none", () => {
  const { volume, label, context } = smallCase();
  const noise = findArtifact("noise"), params = { snr: 10, seed: 1 };
  const data = volume.data.slice();
  data[24 * 20 + 24 + 2] = NaN;
  const message = "voxel (2, 1, 1) is NaN";
  assertThrows(() => noise.apply({ ...volume, data }, params), RangeError, message);
  const affine = volume.affine.map((value, n) => n % 4 === 2 ? 0 : value);
  assertThrows(() => noise.apply({ ...volume, affine }, params), RangeError, "singular");
  const short = { ...volume, data: volume.data.subarray(1) };
  assertThrows(() => noise.apply(short, params), TypeError, "24 x 20 x 3");
  const other = { label: { ...label, shape: [20, 24, 3] as const } };
  assertThrows(
    () => noise.apply(volume, params, other),
    TypeError,
    "label has the shape 20 x 24 x 3",
  );
  const flow = findArtifact("flow");
  const drawnFlow = flow.sample({}, RandomStream.fromSeed(1), volume);
  assertThrows(() => flow.apply(volume, drawnFlow), TypeError, "needs a label map");
  assertThrows(
    () =>
      findArtifact("mistriggering").apply(volume, { phaseEncodeAxis: 1, mixes: [[1]] }, { label }),
    TypeError,
    "another frame",
  );
  assertEquals(noise.apply(volume, params, context).data.length, volume.data.length);
});

const wrongOptions: readonly [string, unknown, typeof TypeError | typeof RangeError, string][] = [
  ["spike", { num_spikes: -1 }, RangeError, "num_spikes is -1"],
  ["spike", { num_spikes: [1.5, 2] }, TypeError, "num_spikes"],
  ["spike", { num_spikes: [-1, 2] }, RangeError, "num_spikes is [-1,2]"],
  ["spike", { intensity: "high" }, TypeError, 'intensity is "high"'],
  ["ghosting", { axes: [3] }, RangeError, "axes.0 is 3"],
  ["ghosting", { axes: [-1] }, RangeError, "axes.0 is -1"],
  ["ghosting", { axes: null }, TypeError, "axes is null"],
  ["ghosting", { restore: -1 }, RangeError, "restore is -1"],
  ["ghosting", { restore: "a bit" }, TypeError, "restore"],
  ["motion", { num_transforms: 0 }, RangeError, "num_transforms is 0"],
  ["motion", { degrees: -5 }, RangeError, "degrees is -5"],
  ["motion", { degrees: [20, 10] }, RangeError, "degrees is [20,10]"],
  ["motion", { interpolation: "magic" }, RangeError, "interpolation"],
  ["bias", { order: -1 }, RangeError, "order is -1"],
  ["bias", { order: 2.3 }, TypeError, "order is 2.3"],
  ["noise", { std: -1 }, RangeError, "std is -1"],
  ["anisotropy", { downsampling: 0.5 }, RangeError, "downsampling is 0.5"],
  ["blur", { std: [1, 2, 3, 4] }, TypeError, "std is [1,2,3,4]"],
  ["elastic", { num_control_points: 4 }, RangeError, "locked_borders"],
  ["swap", { patch_size: 100 }, RangeError, "covers the whole volume"],
];

for (const [name, options, errorClass, message] of wrongOptions) {
  Deno.test(`torchio/${name} refuses the options ${JSON.stringify(options)}`, () => {
    const artifact = findArtifact(name, "torchio");
    assertThrows(
      () => artifact.sample(options, RandomStream.fromSeed(1), smallCase().volume),
      errorClass,
      message,
    );
  });
}

Deno.test("Artifact.apply() names the parameter that is wrong", () => {
  const { volume } = smallCase();
  const ghosting = findArtifact("ghosting", "torchio"), swap = findArtifact("swap", "torchio");
  const run = (artifact: Artifact, params: unknown) => () => artifact.apply(volume, params);
  assertThrows(
    run(ghosting, { num_ghosts: 4, intensity: 1 }),
    RangeError,
    "axis is missing, wanted the axis 0, 1 or 2",
  );
  assertThrows(run(ghosting, null), TypeError, "is null");
  const outside = { patch_size: [5, 5, 2], locations: [[[0, 0, 0], [22, 0, 0]]] };
  assertThrows(run(swap, outside), RangeError, "leaves the volume");
  const bias = { order: 3, coefficients: [1, 2] };
  assertThrows(run(findArtifact("bias", "torchio"), bias), RangeError, "coefficients is [1,2]");
  const spike = { spikes: [{ slice: 3, offset: [2, 2], ratio: 1, phase: 0 }] };
  assertThrows(run(findArtifact("spike"), spike), RangeError, "the slice 3, wanted 0 to 2");
  assertThrows(() => ghosting.optionsOf(6 as Severity), RangeError, "severity is 6");
});

Deno.test("torchio/ghosting keeps the mean where the central plane is kept", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.constantFrom(0, 1, 2), (n, axis) => {
      const { volume } = smallCase([15, 13, 5]);
      const params = { num_ghosts: n, axis, intensity: 0.8, restore: null };
      const { data } = findArtifact("ghosting", "torchio").apply(volume, params);
      const mean = (values: Float32Array) =>
        values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.abs(mean(data) - mean(volume.data)) < 1e-6;
    }),
    { numRuns: 30 },
  );
});

Deno.test("torchio/spike is a cosine of the mean's height, and adds brightness only on DC", () => {
  const { volume } = smallCase([16, 12, 4]);
  const mean = volume.data.reduce((sum, value) => sum + value, 0) / volume.data.length;
  const params = {
    positions_fractional: [[(8 + 3) / 16 + 0.01, (6 - 2) / 12 + 0.01, 0.51]],
    intensity: 1.5,
  };
  const { data } = findArtifact("spike", "torchio").apply(volume, params);
  for (const [i, j, k] of [[0, 0, 0], [5, 7, 1], [15, 11, 3]] as const) {
    const o = i + 16 * (j + 12 * k);
    const wave = 1.5 * mean * Math.cos(2 * Math.PI * (3 * i / 16 - 2 * j / 12));
    assert(Math.abs(data[o]! - volume.data[o]! - wave) < 1e-6, `voxel ${i} ${j} ${k}`);
  }
});

Deno.test("torchio/spike finds the peak of an image with negative values in its spectrum", () => {
  const { volume } = smallCase([8, 6, 2]);
  const data = volume.data.map((_, o) => Math.cos(2 * Math.PI * (o % 8) * 2 / 8));
  const params = { positions_fractional: [[0.9, 0.5, 0.5]], intensity: 1 };
  const result = findArtifact("spike", "torchio").apply({ ...volume, data }, params);
  // the cosine's two samples hold half of its 96 voxels each
  assert(Math.abs(result.data[0]! - 1.5) < 1e-6);
});
