import { AUGMENTATION_POLICIES } from "../../lib/imaging/data/augmentation/policy.ts";
import { BatchSampler } from "../../lib/imaging/data/batches/batch_sampler.ts";
import { square } from "../../lib/base/volume/slice_size.ts";
import { openDataset } from "../../lib/imaging/data/cases/open_dataset.ts";
import { phantomCases } from "../../lib/imaging/data/cases/phantom_cases.ts";
import { prepareCase, type PreparedCase } from "../../lib/imaging/data/preparation/prepare_case.ts";
import { writePhantom } from "../../lib/imaging/data/cases/write_phantom.ts";
import { RandomStream } from "../../lib/base/random/random_stream.ts";
import { type Measurement, median, timed } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";

/** Milliseconds a slice of making, reading, preparing and augmenting. */
export async function measureData(options: BenchOptions, size: number): Promise<Measurement> {
  const folder = await Deno.makeTempDir();
  try {
    const made = await timePrepared(phantomCases("A", options.steps, 0), size, false);
    const [site] = await writePhantom(folder, { sites: ["A"], subjects: options.steps, seed: 0 });
    const { cases } = await openDataset(site!, "mnms");
    const read = await timePrepared(cases, size, false);
    const prepared = await timePrepared(cases, size, true);
    const times = [
      ["phantom", "make a phantom slice", made.milliseconds],
      ["read", "read a slice from .nii.gz", read.milliseconds],
      ["prepare", "prepare a slice", prepared.milliseconds],
      ...(["turned", "none"] as const).map((policy) =>
        [
          policy === "none" ? "batch" : "augment",
          `slice of a batch, augmentation ${policy}`,
          timeBatches(prepared.cases, options, policy),
        ] as const
      ),
    ] as const;
    return {
      values: {
        size,
        ...Object.fromEntries(times.map(([key, _, ms]) => [`${key}MillisecondsPerSlice`, ms])),
      },
      head: [`data pipeline, ${size} x ${size}`, "ms a slice"],
      rows: times.map(([_, name, ms]) => [name, ms.toFixed(2)]),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Milliseconds a slice of loading, or of all that comes after it; the first case warms up. */
async function timePrepared(
  sources: readonly Parameters<typeof prepareCase>[0][],
  size: number,
  prepareOnly: boolean,
): Promise<{ milliseconds: number; cases: PreparedCase[] }> {
  const times = [], cases: PreparedCase[] = [];
  for (const source of sources) {
    const started = performance.now();
    const loaded = await source.load();
    const between = performance.now();
    const prepared = await prepareCase({ ...source, load: () => Promise.resolve(loaded) }, {
      size: square(size),
    });
    const ended = performance.now();
    cases.push(prepared);
    times.push((prepareOnly ? ended - between : between - started) / prepared.slices);
  }
  return { milliseconds: median(times.length > 1 ? times.slice(1) : times), cases };
}

function timeBatches(
  cases: readonly PreparedCase[],
  { batch: wanted, steps }: BenchOptions,
  policy: keyof typeof AUGMENTATION_POLICIES,
): number {
  const batchSize = Math.max(2, wanted - wanted % 2);
  const options = { batchSize, policy: AUGMENTATION_POLICIES[policy] };
  const sampler = new BatchSampler(cases, options, RandomStream.fromSeed(0));
  let epoch = 0;
  // The first batch of an epoch is a full one wherever there are slices enough.
  const count = sampler.batchAt(0, 0).batch;
  return median(timed(() => void sampler.batchAt(epoch++, 0), steps)) * 1000 / count;
}
