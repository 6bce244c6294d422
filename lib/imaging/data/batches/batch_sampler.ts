import { applyAugmentation, sampleAugmentation, TURNED_POLICY } from "../augmentation/policy.ts";
import type { AugmentationPolicy } from "../augmentation/policy.ts";
import { applyToChannels, type Recipe, sampleRecipe } from "../../artifacts/compose.ts";
import { fieldSize, type PreparedCase } from "../preparation/prepare_case.ts";
import {
  type LabelledSlices,
  type PreparedSlice,
  type SlicedCase,
  slicedCase,
} from "../preparation/sliced_case.ts";
import type { SliceSize } from "../../../base/volume/slice_size.ts";
import { sizeText } from "../../../base/volume/slice_size.ts";
import { cropWindow } from "./crop_window.ts";
import { channelsLast } from "./channels_last.ts";
import type { RoleLabel } from "../../artifacts/needs.ts";
import type { Batch } from "./batch.ts";
import type { RandomStream } from "../../../base/random/random_stream.ts";
import { scalingAffine } from "../../../base/volume/affine.ts";
import type { Affine } from "../../../base/volume/volume.ts";
import { fitSlice, windowOf } from "../../../base/volume/fit.ts";
import { minMax } from "../../../base/volume/normalise.ts";

/** Thickness in mm that a lone slice is given for artifacts; none of them depends on it alone. */
const SLICE_MM = 8;

/** How batches are made. */
export interface BatchOptions {
  /** Slices a batch, augmented and original together: even, at least 2. Default 20. */
  readonly batchSize?: number;
  /** Changes of the augmented half. Default {@linkcode TURNED_POLICY}. */
  readonly policy?: AugmentationPolicy;
  /**
   * Scale the original half to [0, 1] slice by slice, as the augmented half and evaluation do. Default
   * true; the reference code leaves it scaled by volume.
   */
  readonly normaliseOriginals?: boolean;
  /** Whether the augmented half is scaled to [0, 1] slice by slice; else it is cut to it. Default true. */
  readonly scaleSlices?: boolean;
  /**
   * The slices that the network sees, of cases that are kept whole (`larger: tiles`): crops of them,
   * half around a random foreground pixel, half anywhere. Absent: the cases' own size.
   */
  readonly crop?: SliceSize;
  /**
   * What becomes of slices without foreground. `replace` (default, as the reference code): a random
   * slice of the same volume that has some is shown instead, so that the network never learns what
   * lies beyond the labels. `keep`: they are shown.
   */
  readonly emptySlices?: "replace" | "keep";
  /**
   * Which slices the original half shows: the `same` as the augmented half (default, as the reference
   * code), or `others`: twice as many slices a step, from which a short run learns more.
   */
  readonly originals?: "same" | "others";
  /**
   * Artifacts on the augmented half, behind the policy: each slice is a volume of one slice for them.
   * A label follows where an artifact moves the anatomy.
   */
  readonly artifacts?: Recipe | undefined;
  /** What the classes of the labels are, for artifacts that need a role. */
  readonly classLabels?: readonly RoleLabel[] | undefined;
  /** Spacing of the slices' pixels in mm, which artifacts go by. Default 1.36719. */
  readonly spacing?: number;
}

/** A case that is prepared by the time a batch shows it. */
export interface PendingCase extends SliceSize {
  /** The case's own, unique among those of the sampler. */
  readonly id: string;
  /** Number of its slices. */
  readonly slices: number;
  /**
   * The case, with the same id, number of slices and, where none is cropped, size; asked for whenever
   * a batch shows it, and not kept.
   */
  prepared(): SlicedCase;
}

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
  readonly #policy: AugmentationPolicy;
  readonly #normaliseOriginals: boolean;
  readonly #originals: "same" | "others";
  readonly #artifacts: Recipe | undefined;
  readonly #classLabels: readonly RoleLabel[] | undefined;
  readonly #affine: Affine;
  readonly #rng: RandomStream;
  readonly #size: SliceSize;
  readonly #scaleSlices: boolean;
  readonly #crops: boolean;
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
    const { batchSize = 20, policy = TURNED_POLICY, normaliseOriginals = true } = options;
    if (!Number.isInteger(batchSize) || batchSize < 2 || batchSize % 2 !== 0) {
      throw new RangeError(
        `Cannot make batches: batch size is ${batchSize}, wanted an even number from 2 up`,
      );
    }
    checkCases(cases, options.crop === undefined);
    const { height, width } = options.crop ?? cases[0]!;
    this.#size = { height, width };
    this.#crops = options.crop !== undefined;
    this.#scaleSlices = options.scaleSlices ?? true;
    this.#refs = cases.map(asPending).flatMap((source) =>
      Array.from({ length: source.slices }, (_, slice) => ({ source, slice }))
    );
    this.#originals = options.originals ?? "same";
    const { artifacts, spacing = 1.36719 } = options;
    this.#artifacts = artifacts;
    this.#classLabels = options.classLabels;
    this.#affine = scalingAffine([spacing, spacing, SLICE_MM]);
    this.#keepEmpty = options.emptySlices === "keep";
    this.#perBatch = batchSize / 2;
    this.#policy = policy;
    this.#normaliseOriginals = normaliseOriginals;
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
      put(n, own, this.#augmented(own.source, own.slice, epoch, ref.slice));
      const other = this.#withForeground(originals[n]!, epoch);
      put(count + n, other, this.#original(other.source, other.slice, epoch));
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

  /** `place` is the slice's own, or of the one it replaces, so that no two draws are the same. */
  #augmented(source: SlicedCase, slice: number, epoch: number, place: number): ShownSlice {
    const rng = this.#rng.stream("augment", epoch, source.id, place);
    const prepared = source.slice(slice);
    const field = this.#crops
      ? this.#window(prepared.field, prepared, fieldSize(this.#size), rng.stream("crop"))
      : planesOf(prepared.field);
    const params = sampleAugmentation(this.#policy, rng);
    const { height, width } = field, inner = [this.#size.width, this.#size.height] as const;
    const fit = <T extends Float32Array | Uint8Array>(plane: T) =>
      fitSlice(plane, [width, height], inner, 0);
    // One draw for all channels; the label moves alike with each, and is taken from the first.
    const changed = field.planes.map((image) =>
      applyAugmentation({ image, label: field.label, width, height }, params)
    );
    return this.#spoilt({
      planes: changed.map(({ image }) => this.#scaled(fit(image))),
      label: fit(changed[0]!.label),
    }, rng.stream("artifacts"));
  }

  #scaled(plane: Float32Array): Float32Array {
    if (this.#scaleSlices) return minMax(plane);
    return plane.map((value) => Math.min(1, Math.max(0, value)));
  }

  /** The slice with artifacts, in [0, 1] again. */
  #spoilt(
    { planes, label }: { planes: readonly Float32Array[]; label: Uint8Array },
    rng: RandomStream,
  ): ShownSlice {
    if (!this.#artifacts) return { planes: joined(planes), label };
    const { width, height } = this.#size;
    const grid = { shape: [width, height, 1] as const, affine: this.#affine };
    const steps = sampleRecipe(this.#artifacts, rng, grid, planes.length);
    if (steps.length === 0) return { planes: joined(planes), label };
    const spoilt = applyToChannels(planes.map((data) => ({ ...grid, data })), steps, {
      label: { ...grid, data: label },
      ...this.#classLabels && { labels: this.#classLabels },
    });
    return {
      planes: joined(spoilt.volumes.map(({ data }) => this.#scaled(data))),
      label: spoilt.label!.data as Uint8Array,
    };
  }

  #original(source: SlicedCase, slice: number, epoch: number): ShownSlice {
    const prepared = source.slice(slice);
    const stack = this.#normaliseOriginals ? prepared.shown : prepared.field;
    if (this.#crops) {
      const rng = this.#rng.stream("crop", epoch, source.id, slice);
      const { planes, label } = this.#window(stack, prepared, this.#size, rng);
      return { planes: joined(planes), label };
    }
    const { planes } = planesOf(stack);
    const { height, width } = this.#size;
    const fitted = planes.map((plane) =>
      fitSlice(plane, [stack.width, stack.height], [width, height], 0)
    );
    return { planes: joined(fitted), label: prepared.shown.labels! };
  }

  /** A window of a slice: around a random foreground pixel in half of all draws, else anywhere. */
  #window(stack: LabelledSlices, { shown }: PreparedSlice, size: SliceSize, rng: RandomStream) {
    const { planes, label } = planesOf({ ...stack, labels: shown.labels! });
    const at = cropWindow(label, shown, size, rng);
    const cut = <T extends Float32Array | Uint8Array>(plane: T, fill: "edge" | number) =>
      windowOf(plane, stack, at, size, fill);
    return {
      ...size,
      planes: planes.map((plane) => cut(plane, "edge")),
      label: cut(label, 0),
    };
  }
}

/** A slice as a batch shows it: its channels one after another, and its label. */
interface ShownSlice {
  readonly planes: Float32Array;
  readonly label: Uint8Array;
}

/** The channels of a slice, and its label. */
function planesOf({ images, labels, height, width }: LabelledSlices) {
  const pixels = height * width;
  const planes = Array.from(
    { length: images.length / pixels },
    (_, channel) => images.subarray(channel * pixels, (channel + 1) * pixels),
  );
  return { height, width, planes, label: labels! };
}

function joined(planes: readonly Float32Array[]): Float32Array {
  if (planes.length === 1) return planes[0]!;
  const result = new Float32Array(planes.length * planes[0]!.length);
  planes.forEach((plane, n) => result.set(plane, n * plane.length));
  return result;
}

/** Batches in which every slice is shown once as it is and once augmented. */
export function batchesPerEpoch(slices: number, batchSize: number): number {
  return Math.ceil(slices / (batchSize / 2));
}

function checkCases(cases: readonly (PreparedCase | PendingCase)[], oneSize: boolean): void {
  if (cases.length === 0) throw new RangeError("Cannot make batches: there is no case");
  const ids = new Set<string>(), wanted = sizeText(cases[0]!);
  for (const source of cases) {
    if (oneSize && sizeText(source) !== wanted) {
      throw new TypeError(
        `Cannot make batches: case ${source.id} has size ${
          sizeText(source)
        }, wanted ${wanted} as ` +
          "the first",
      );
    }
    if (ids.has(source.id)) {
      throw new TypeError(`Cannot make batches: case ${source.id} is there twice`);
    }
    ids.add(source.id);
  }
}

/** A case as one that is prepared by the time a batch shows it, which it is. */
function asPending(source: PreparedCase | PendingCase): PendingCase {
  if ("prepared" in source) return source;
  const { id, slices, height, width } = source, sliced = slicedCase(source);
  checkLabel(sliced);
  return { id, slices, height, width, prepared: () => sliced };
}

function labelled(source: PendingCase): SlicedCase {
  const prepared = source.prepared();
  checkLabel(prepared);
  if (prepared.slices === source.slices) return prepared;
  throw new TypeError(
    `Cannot make batches: case ${source.id} has ${prepared.slices} slices, wanted ${source.slices} ` +
      "as at the start: were its files changed?",
  );
}

function checkLabel({ id, labelled }: SlicedCase): void {
  if (!labelled) throw new TypeError(`Cannot make batches: case ${id} has no label`);
}
