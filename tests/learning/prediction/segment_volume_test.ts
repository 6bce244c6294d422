import { assert, assertAlmostEquals, assertEquals, assertRejects } from "../../deps.ts";
import { TaskMismatchError } from "../../../lib/base/task/translate_task.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import { preparationSchema } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import {
  segmentVolume,
  type VolumeModel,
} from "../../../lib/learning/prediction/segment_volume.ts";
import { FakeStepper } from "../training/fake_stepper.ts";

const labels = ["background", "a", "b", "c"].map((name, n) => ({ name, codes: [n] }));

function model(spacing = 2, segmenter: VolumeModel["segmenter"] = new FakeStepper()): VolumeModel {
  const preparation = preparationSchema.parse({
    ...{ size: { height: 32, width: 32 }, spacing, intensity: { kind: "volume" } },
    clip: [0, 100],
  });
  return { segmenter, data: { task: { labels, channels: [{ name: "MRI" }] }, preparation } };
}

/** A ramp along i, the patient's left, of 30 x 20 x 3 voxels. */
const volume = {
  data: Float32Array.from({ length: 30 * 20 * 3 }, (_, n) => n % 30),
  shape: [30, 20, 3],
  affine: [-1, 0, 0, 9, 0, -1.5, 0, 4, 0, 0, 8, 2, 0, 0, 0, 1],
} as const;

Deno.test("segmentVolume() gives classes, probabilities and uncertainty in the volume's grid", async () => {
  const found = await segmentVolume(model(), volume, { probabilities: true, uncertainty: true });
  const { probabilities, uncertainty } = found;
  for (
    const map of [found.labels, ...probabilities!, uncertainty!.entropy, uncertainty!.disagreement!]
  ) {
    assertEquals([map.shape, map.affine], [volume.shape, volume.affine]);
  }
  assertEquals(probabilities!.length, 4);
  for (let n = 0; n < volume.data.length; n++) {
    assertAlmostEquals(probabilities!.reduce((sum, { data }) => sum + data[n]!, 0), 1, 1e-6);
  }
  assertEquals(new Set(found.labels.data), new Set([0, 1, 2, 3]));
  assert(uncertainty!.entropy.data.every((value) => value >= 0 && value <= Math.log(4)));
  assert(uncertainty!.disagreement!.data.every((value) => value === 0));
  assertEquals(uncertainty!.flags, { entropy: 0.5, disagreement: 0 });
  const plain = await segmentVolume(model(), volume);
  assertEquals(plain, { labels: found.labels });
});

Deno.test("segmentVolume() gives background where the networks see nothing", async () => {
  const { labels, probabilities } = await segmentVolume(model(0.5), volume, {
    probabilities: true,
  });
  const [ni, nj] = volume.shape;
  for (const at of [0, ni - 1, (nj - 1) * ni]) {
    assertEquals([labels.data[at], probabilities!.map(({ data }) => data[at])], [0, [1, 0, 0, 0]]);
  }
});

Deno.test("segmentVolume() does not depend on how the volume is stored", async () => {
  const stored = {
    data: Float32Array.from({ length: 1800 }, (_, n) => {
      const [k, j, i] = [n % 3, Math.floor(n / 3) % 20, Math.floor(n / 60)];
      return volume.data[i + 30 * (19 - j + 20 * k)]!;
    }),
    shape: [3, 20, 30],
    affine: [0, 0, -1, 9, 0, 1.5, 0, 4 - 19 * 1.5, 8, 0, 0, 2, 0, 0, 0, 1],
  } as const;
  const [a, b] = [await segmentVolume(model(), volume), await segmentVolume(model(), stored)];
  for (let n = 0; n < 1800; n++) {
    const [k, j, i] = [n % 3, Math.floor(n / 3) % 20, Math.floor(n / 60)];
    assertEquals(b.labels.data[n], a.labels.data[i + 30 * (19 - j + 20 * k)]);
  }
});

Deno.test("segmentVolume() averages flips, turns and models; what is symmetric changes nothing", async () => {
  const plain = await segmentVolume(model(), volume, { probabilities: true });
  for (const testTime of ["flips", "rot90"] as const) {
    const turned = await segmentVolume(model(), volume, { testTime, probabilities: true });
    // The fake network looks at one pixel at a time.
    turned.probabilities!.forEach(({ data }, c) =>
      data.forEach((value, n) => assertAlmostEquals(value, plain.probabilities![c]!.data[n]!, 1e-6))
    );
  }
  const two = [model(), model(1)] as const;
  const [first, second, both] = [
    plain,
    await segmentVolume(two[1], volume, { probabilities: true }),
    await segmentVolume(two, volume, { probabilities: true }),
  ];
  both.probabilities!.forEach(({ data }, c) =>
    data.forEach((value, n) => {
      const mean = (first.probabilities![c]!.data[n]! + second.probabilities![c]!.data[n]!) / 2;
      assertAlmostEquals(value, mean, 1e-6);
    })
  );
  both.labels.data.forEach((label, n) => {
    const likely = both.probabilities!.map(({ data }) => data[n]!);
    assertEquals(label, likely.indexOf(Math.max(...likely)));
  });
});

Deno.test("segmentVolume() refuses slices that a training did not show, where it knows of it", async () => {
  const trained = (augmentation: "turned" | "upright") => ({
    ...model(),
    config: { data: { augmentation } },
  });
  const { labels } = await segmentVolume(model(), volume, { testTime: "flips" });
  assertEquals(
    await segmentVolume(trained("turned"), volume, { testTime: "flips" }),
    { labels },
  );
  await segmentVolume(trained("upright"), volume);
  await assertRejects(
    () => segmentVolume([model(), trained("upright")], volume, { testTime: "rot90" }),
    RangeError,
    "model 2 was trained with data.augmentation=upright",
  );
});

Deno.test("segmentVolume() asks for no more passes than are needed", async () => {
  const asked: unknown[] = [], inner = new FakeStepper();
  const segmenter: VolumeModel["segmenter"] = {
    networks: inner.networks,
    segment: (stack, request) => {
      asked.push(request);
      return inner.segment(stack, request);
    },
  };
  await segmentVolume(model(2, segmenter), volume);
  await segmentVolume(model(2, segmenter), volume, { network: "ftn" });
  await segmentVolume(model(2, segmenter), volume, { network: "ftn", testTime: "flips" });
  const plain = { probabilities: false, entropy: false };
  assertEquals(asked.slice(0, 2), [{ refinements: 1, ...plain }, { refinements: 0, ...plain }]);
  assertEquals(
    asked.slice(2),
    Array(4).fill({ refinements: 0, probabilities: true, entropy: false }),
  );
});

Deno.test("segmentVolume() tells how far it is, and ends when it is told to", async () => {
  const done: number[] = [];
  const deep = { ...volume, data: new Float32Array(30 * 20 * 41), shape: [30, 20, 41] as const };
  await segmentVolume(model(), deep, { onProgress: (share) => void done.push(share) });
  assertEquals(done.map((share) => Math.round(100 * share)), [49, 98, 100]);
  const stop = new AbortController();
  await assertRejects(
    () =>
      segmentVolume(model(), deep, {
        signal: stop.signal,
        onProgress: () => stop.abort(new DOMException("stopped", "AbortError")),
      }),
    DOMException,
    "stopped",
  );
});

Deno.test("segmentVolume() keeps the largest pieces of the labels that are named", async () => {
  const found = await segmentVolume(model(), volume, { keepLargest: "all", minVolume: 1e6 });
  assert(found.labels.data.every((value) => value === 0));
  await assertRejects(
    () => segmentVolume(model(), volume, { keepLargest: ["A"] }),
    RangeError,
    'no label is named "A"',
  );
});

Deno.test("segmentVolume() refuses what does not fit", async () => {
  type Parts = Parameters<typeof segmentVolume>;
  const refuse = async (
    models: Parts[0],
    input: Parts[1],
    type: typeof TypeError | typeof NiftiError | typeof TaskMismatchError,
    text: string,
    options: Parts[2] = {},
  ) => await assertRejects(() => segmentVolume(models, input, options), type as typeof Error, text);
  await refuse(model(), [volume, volume], TypeError, "it has 2 channels, wanted 1: MRI");
  await refuse(model(), { ...volume, data: volume.data.with(7, NaN) }, NiftiError, "not finite");
  await refuse(
    model(),
    { ...volume, shape: [30, 20, 2] },
    TypeError,
    "channel 1 is 30 x 20 x 2 with 1800 voxels",
  );
  const other = model();
  const task = { ...other.data.task, labels: labels.slice(0, 3) };
  await refuse(
    [model(), { ...other, data: { ...other.data, task } }],
    volume,
    TaskMismatchError,
    "Cannot average model 1 and model 2",
  );
  await refuse(
    model(2, new FakeStepper(["ftn"])),
    volume,
    RangeError,
    "wanted ftn",
    { network: "stn" },
  );
});
