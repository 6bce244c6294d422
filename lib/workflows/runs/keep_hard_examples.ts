/** Hard examples of the same slices as training goes on, for looking at. */
import { greysOf } from "../../base/report/grey.ts";
import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import {
  type HardExampleRecord,
  type MaskRecord,
  saveHardExample,
} from "../../formats/run_folder/hard_example.ts";
import type { CodeMask } from "../../learning/latent/mask.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { TrainingEvents } from "../../learning/training/events.ts";
import type { SliceSize } from "../../base/volume/slice_size.ts";
import { channelsFirst } from "../../imaging/data/batches/channels_last.ts";
import { middleSlices } from "../../imaging/data/batches/middle_slices.ts";
import type { Batch } from "../../imaging/data/batches/batch.ts";
import type { HardExample, Stepper } from "../../learning/training/stepper.ts";

/** What hard examples are kept of, and where. */
export interface HardExampleSources {
  /** The folder of the files; made when it is needed. */
  readonly dir: string;
  readonly stepper: Pick<Stepper, "hardExample">;
  /** Gives cases with labels, of whose first and last the middle slices are shown. */
  readonly cases: () => Promise<readonly PreparedCase[]>;
  /** What the network sees of a slice. */
  readonly size: SliceSize;
  /** Draws noise and masks, the same at every moment, so that what differs is the network. */
  readonly rng: RandomStream;
}

/** Moments of a run, the first and the last step among them. */
const MOMENTS = 6;

/**
 * Saves hard examples after the first step, the last, and four evenly between them; a run that ends
 * early saves those of its end. Where the method makes none, or there are no cases, nothing is written.
 * A disk that refuses throws a WriteError through the event.
 */
export function keepHardExamples(
  events: TrainingEvents,
  { dir, stepper, size, cases, rng }: HardExampleSources,
): void {
  let batch: Batch | undefined;
  let latest = 0;
  const keep = async (step: number) => {
    latest = step;
    const stacks = await cases();
    if (stacks.length === 0) return;
    batch ??= middleSlices([stacks[0]!, stacks.at(-1)!], size);
    const record = recordOf(step, batch, stepper.hardExample(batch, rng));
    if (record !== undefined) await saveHardExample(dir, record);
  };
  events
    .on("step", async ({ position: { step }, totalSteps }) => {
      if (momentsOf(totalSteps).includes(step)) await keep(step);
    })
    .on("done", async ({ position: { step }, reason }) => {
      if (reason !== "interrupted" && step > latest) await keep(step);
    });
}

/** The steps that are kept of a run of so many. */
function momentsOf(steps: number): number[] {
  return Array.from({ length: MOMENTS }, (_, n) => Math.round(1 + n * (steps - 1) / (MOMENTS - 1)));
}

function recordOf(
  step: number,
  { images, labels, height, width, channels }: Batch,
  { image, probabilities, masks }: HardExample,
): HardExampleRecord | undefined {
  if (image === undefined && probabilities === undefined) return undefined;
  const pixels = height * width;
  // The first channel is shown.
  const first = (values: Float32Array) => {
    const planes = channelsFirst(values, channels, pixels);
    const own = planes.filter((_, n) => Math.floor(n / pixels) % channels === 0);
    return asBytes(own);
  };
  return {
    ...{ step, height, width, images: first(images), labels: labels.toBase64() },
    ...(image && { corrupted: first(image) }),
    ...(probabilities && {
      segmentation: mostLikely(probabilities, labels.length).toBase64(),
    }),
    ...(masks && {
      masks: {
        ...(masks.image && { image: maskRecord(masks.image) }),
        ...(masks.shape && { shape: maskRecord(masks.shape) }),
      },
    }),
  };
}

function asBytes(pixels: Float32Array): string {
  return greysOf(pixels)
    .toBase64();
}

function mostLikely(probabilities: Float32Array, pixels: number): Uint8Array {
  const classes = probabilities.length / pixels;
  return Uint8Array.from({ length: pixels }, (_, i) => {
    const own = probabilities.subarray(i * classes, (i + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}

function maskRecord({ scheme, shape, values }: CodeMask): MaskRecord {
  return { scheme, shape: [...shape], values: [...values] };
}
