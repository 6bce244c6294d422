import { assert, assertEquals } from "../../deps.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import type { PreparedCase } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { TrainingEvents } from "../../../lib/learning/training/events.ts";
import type { HardExampleRecord } from "../../../lib/formats/run_folder/hard_example.ts";
import { keepHardExamples } from "../../../lib/workflows/runs/keep_hard_examples.ts";
import { exists } from "../../../lib/formats/files/exists.ts";
import type { Batch } from "../../../lib/imaging/data/batches/batch.ts";
import type { HardExample } from "../../../lib/learning/training/stepper.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

/** Three stacks of three slices of 2 x 2 pixels, all of a slice alike. */
const cases = [0, 1, 2].map((n) => ({
  id: `${n}`,
  images: Float32Array.from({ length: 12 }, (_, i) => (n + Math.floor(i / 4)) / 10),
  labels: Uint8Array.from({ length: 12 }, () => n),
  slices: 3,
  channels: 1,
  ...square(2),
})) as unknown as PreparedCase[];

const masks = {
  image: { scheme: "channel", values: Float32Array.of(1, 0.25), shape: [2, 1, 1, 1] },
} as const;
const corrupt = ({ images, labels }: Batch): HardExample => ({
  image: images.map((value) => 1.2 - value),
  probabilities: Float32Array.from(labels, (label) => label === 0 ? 0.9 : 0.1)
    .reduce((all, p, i) => (all.set([p, 1 - p], 2 * i), all), new Float32Array(16)),
  masks,
});

/** A run of so many steps, from one on. */
async function run(dir: string, total: number, more: {
  first?: number;
  last?: number;
  hardExample?: (batch: Batch) => HardExample;
  given?: PreparedCase[];
} = {}) {
  const { first = 1, last = total, hardExample = corrupt, given = cases } = more;
  const events = new TrainingEvents(), rng = RandomStream.fromSeed(1);
  keepHardExamples(events, {
    dir,
    stepper: { hardExample },
    size: square(2),
    cases: () => Promise.resolve(given),
    rng,
  });
  const at = (step: number) => ({ step, epoch: 0, index: step });
  for (let step = first; step <= last; step++) {
    await events.emit({
      ...{ type: "step", position: at(step), epoch: 1, losses: {}, seconds: 1, totalSteps: total },
    });
  }
  await events.emit({ type: "done", position: at(last), reason: "max-time" });
}

const files = async (dir: string) =>
  (await Array.fromAsync(Deno.readDir(dir))).map(({ name }) => name).sort();
const names = (...steps: number[]) =>
  steps.map((step) => `step_${String(step).padStart(6, "0")}.json`);

Deno.test("keepHardExamples() keeps six moments, and the end of a run that ends early", () =>
  inFolder(async (parent) => {
    const moments = async (total: number, more = {}) => {
      const dir = await Deno.makeTempDir({ dir: parent });
      await run(dir, total, more);
      return await files(dir);
    };
    assertEquals(await moments(101), names(1, 21, 41, 61, 81, 101));
    assertEquals(await moments(3), names(1, 2, 3));
    assertEquals(await moments(101, { last: 30 }), names(1, 21, 30));
    const dir = `${parent}/resumed`;
    await run(dir, 101, { last: 21 });
    await run(dir, 101, { first: 22 });
    assertEquals(await files(dir), names(1, 21, 41, 61, 81, 101));
  }));

Deno.test("keepHardExamples() shows the middle slices of the first and the last case", () =>
  inFolder(async (dir) => {
    await run(dir, 1);
    const record: HardExampleRecord = JSON.parse(
      await Deno.readTextFile(`${dir}/step_000001.json`),
    );
    const bytes = (text: string) => [...Uint8Array.fromBase64(text)];
    assertEquals([record.step, record.height, record.width], [1, 2, 2]);
    assertEquals(bytes(record.images), [26, 26, 26, 26, 77, 77, 77, 77]);
    // 1.1 and 0.9: what is brighter than white is white
    assertEquals(bytes(record.corrupted!), [255, 255, 255, 255, 229, 229, 229, 229]);
    assertEquals(bytes(record.labels), [0, 0, 0, 0, 2, 2, 2, 2]);
    assertEquals(bytes(record.segmentation!), [0, 0, 0, 0, 1, 1, 1, 1]);
    assertEquals(record.masks, {
      image: { scheme: "channel", values: [1, 0.25], shape: [2, 1, 1, 1] },
    });
  }));

Deno.test("keepHardExamples() takes one case twice, and leaves out what the method does not make", () =>
  inFolder(async (dir) => {
    const hardExample = ({ batch, images }: Batch) => (assertEquals(batch, 2), { image: images });
    await run(`${dir}/one`, 1, { hardExample, given: [cases[1]!] });
    const record = JSON.parse(await Deno.readTextFile(`${dir}/one/step_000001.json`));
    assertEquals(Object.keys(record), [
      ...["format", "step", "height", "width", "images", "labels", "corrupted"],
    ]);
    await run(`${dir}/none`, 1, { hardExample: () => ({}) });
    await run(`${dir}/none`, 1, { given: [] });
    assert(!await exists(`${dir}/none`));
  }));
