import type { RandomStream } from "../../../base/random/random_stream.ts";
import type { SliceSize } from "../../../base/volume/slice_size.ts";
import type { PreparedCase } from "../preparation/prepare_case.ts";
import type { SlicedCase } from "../preparation/sliced_case.ts";
import type { Batch } from "./batch.ts";
import type { BatchOptions } from "./batch_options.ts";
import { channelsLast } from "./channels_last.ts";
import { asPending, checkCases, labelled, type PendingCase } from "./pending_case.ts";
import { type ShownSlice, SliceAugmenter } from "./slice_augmenter.ts";

interface SliceRef<Source = PendingCase> {
  readonly source: Source;
  readonly slice: number;
}

/**
 * The batches of each epoch, any of them at any time: batch `index` of epoch `epoch` depends on
 * nothing but the stream given and these two numbers, so a resumed run goes on where it stopped.
 *
 * Each epoch shows every slice once, in its own order. A slice without foreground is by default
 * replaced by a random slice of the same volume that has some (Chen et al. 2021), drawn anew each
 * epoch. The last
 * batch of an epoch may be smaller, and has at least two images.
 */
export class BatchSampler {
  /** Slices an epoch. */
  readonly sliceCount: number;
  /** Batches an epoch. */
  readonly batchesPerEpoch: number;
  readonly #refs: readonly SliceRef[];
  readonly #keepEmpty: boolean;
  readonly #perBatch: number;
  readonly #originals: "same" | "others";
  readonly #rng: RandomStream;
  readonly #size: SliceSize;
  readonly #slices: SliceAugmenter;
  #order: { epoch: number; refs: readonly SliceRef[] } | undefined;

  /**
   * Draws batches of these cases; the same stream gives the same batches.
   *
   * @param cases Prepared to one size, or to be by the time that {@linkcode BatchSampler.casesOf}
   * tells, with labels, each id once.
   * @param rng Its children are named by purpose, epoch, case and slice.
   * @throws {RangeError} If the batch size is not even and at least 2, or there is no case.
   * @throws {TypeError} If a case has no label, another size than the first, or an id that was there.
   */
  constructor(
    cases: readonly (PreparedCase | PendingCase)[],
    options: BatchOptions,
    rng: RandomStream,
  ) {
    const { batchSize = 20 } = options;
    if (!Number.isInteger(batchSize) || batchSize < 2 || batchSize % 2 !== 0) {
      throw new RangeError(
        `Cannot make batches: batch size is ${batchSize}, wanted an even number from 2 up`,
      );
    }
    checkCases(cases, options.crop === undefined);
    const { height, width } = options.crop ?? cases[0]!;
    this.#size = { height, width };
    this.#slices = new SliceAugmenter(this.#size, options, rng);
    this.#refs = cases.map(asPending).flatMap((source) =>
      Array.from({ length: source.slices }, (_, slice) => ({ source, slice }))
    );
    this.#originals = options.originals ?? "same";
    this.#keepEmpty = options.emptySlices === "keep";
    this.#perBatch = batchSize / 2;
    this.#rng = rng;
    this.sliceCount = this.#refs.length;
    this.batchesPerEpoch = batchesPerEpoch(this.sliceCount, batchSize);
  }

  /**
   * One batch: augmented slices, then as many as they are, which by default are the same ones.
   *
   * @param epoch From 0.
   * @param index From 0 to `batchesPerEpoch - 1`.
   * @throws {RangeError} If epoch or index is out of range.
   * @throws {TypeError} If a case that was pending has no label.
   */
  batchAt(epoch: number, index: number): Batch & Required<Pick<Batch, "ids">> {
    const { augmented, originals } = this.#refsOf(epoch, index);
    const count = augmented.length, { height, width } = this.#size, pixels = height * width;
    const { channels } = labelled(augmented[0]!.source);
    const images = new Float32Array(2 * count * channels * pixels);
    const labels = new Uint8Array(2 * count * pixels);
    const ids: string[] = [];
    const put = (at: number, { source, slice }: SliceRef<SlicedCase>, shown: ShownSlice) => {
      ids[at] = `${source.id}#${slice}`;
      images.set(shown.planes, at * channels * pixels);
      labels.set(shown.label, at * pixels);
    };
    augmented.forEach((ref, n) => {
      const own = this.#withForeground(ref, epoch);
      put(n, own, this.#slices.augmented(own.source, own.slice, epoch, ref.slice));
      const other = this.#withForeground(originals[n]!, epoch);
      put(count + n, other, this.#slices.original(other.source, other.slice, epoch));
    });
    return {
      images: channelsLast(images, channels, pixels),
      labels,
      ids,
      batch: 2 * count,
      height,
      width,
      channels,
    };
  }

  /**
   * The ids of the cases that a batch shows, each once; none of them need be prepared.
   *
   * @throws {RangeError} As {@linkcode BatchSampler.batchAt}.
   */
  casesOf(epoch: number, index: number): string[] {
    const { augmented, originals } = this.#refsOf(epoch, index);
    return [...new Set([...augmented, ...originals].map(({ source }) => source.id))];
  }

  /** The slices of a batch's halves, before empty ones give way to others of their case. */
  #refsOf(epoch: number, index: number) {
    if (!Number.isInteger(epoch) || epoch < 0) {
      throw new RangeError(`Cannot make a batch: epoch is ${epoch}, wanted 0 or more`);
    }
    if (!Number.isInteger(index) || index < 0 || index >= this.batchesPerEpoch) {
      throw new RangeError(
        `Cannot make a batch: index is ${index}, wanted 0 to ${this.batchesPerEpoch - 1}`,
      );
    }
    const start = index * this.#perBatch;
    const order = this.#orderOf(epoch);
    const augmented = order.slice(start, start + this.#perBatch);
    // Half an epoch away, so that each slice is still shown once in either form.
    const away = this.#originals === "others" ? order.length >> 1 : 0;
    const originals = augmented.map((_, n) => order[(start + n + away) % order.length]!);
    return { augmented, originals };
  }

  #orderOf(epoch: number): readonly SliceRef[] {
    if (this.#order?.epoch !== epoch) {
      this.#order = { epoch, refs: this.#rng.stream("order", epoch).shuffled(this.#refs) };
    }
    return this.#order.refs;
  }

  /** The slice itself, or one with foreground; a volume without any keeps its slices. */
  #withForeground(ref: SliceRef, epoch: number): SliceRef<SlicedCase> {
    const { slice } = ref;
    const source = labelled(ref.source), { id, foreground } = source;
    if (this.#keepEmpty || foreground.length === 0 || foreground.includes(slice)) {
      return { source, slice };
    }
    const rng = this.#rng.stream("replace", epoch, id, slice);
    return { source, slice: rng.choice(foreground) };
  }
}

/** Batches in which every slice is shown once as it is and once augmented. */
export function batchesPerEpoch(slices: number, batchSize: number): number {
  return Math.ceil(slices / (batchSize / 2));
}
