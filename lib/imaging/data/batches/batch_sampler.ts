import { ACDC_POLICY, applyAugmentation, sampleAugmentation } from "../augmentation/policy.ts";
import type { AugmentationPolicy } from "../augmentation/policy.ts";
import { applySteps, type Recipe, sampleRecipe } from "../../artifacts/compose.ts";
import type { RoleLabel } from "../../artifacts/needs.ts";
import type { Batch } from "./batch.ts";
import type { PreparedCase } from "../preparation/prepare_case.ts";
import type { RandomStream } from "../../../base/random/random_stream.ts";
import { scalingAffine } from "../../../base/volume/affine.ts";
import type { Affine } from "../../../base/volume/volume.ts";
import { fitSlice } from "../../../base/volume/fit.ts";
import { minMax } from "../../../base/volume/normalise.ts";

/** Thickness in mm that a lone slice is given for artifacts; none of them depends on it alone. */
const SLICE_MM = 8;

/** How batches are made. */
export interface BatchOptions {
  /** Slices a batch, augmented and original together: even, at least 2. Default 20. */
  readonly batchSize?: number;
  /** Changes of the augmented half. Default {@linkcode ACDC_POLICY}. */
  readonly policy?: AugmentationPolicy;
  /**
   * Scale the original half to [0, 1] slice by slice, as the augmented half and evaluation do. Default
   * true; the reference code leaves it scaled by volume.
   */
  readonly normaliseOriginals?: boolean;
  /**
   * What becomes of slices without foreground. `replace` (default, as the reference code): a random
   * slice of the same volume that has some is shown instead, so that the network never learns what
   * lies beyond the heart. `keep`: they are shown.
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
export interface PendingCase {
  readonly id: string;
  /** Side of a slice in pixels, once prepared. */
  readonly size: number;
  readonly slices: number;
  /** The case, with the same id, size and number of slices; asked for when a batch is made. */
  prepared(): PreparedCase;
}

interface SliceRef<Source = PreparedCase | PendingCase> {
  readonly source: Source;
  readonly slice: number;
}

interface LabelledCase extends PreparedCase {
  readonly labels: Uint8Array;
  /** Slices with foreground; none where empty slices are kept. */
  readonly foreground: readonly number[];
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
  /** The cases that were shown, by id. */
  readonly #shown = new Map<string, LabelledCase>();
  readonly #perBatch: number;
  readonly #policy: AugmentationPolicy;
  readonly #normaliseOriginals: boolean;
  readonly #originals: "same" | "others";
  readonly #artifacts: Recipe | undefined;
  readonly #classLabels: readonly RoleLabel[] | undefined;
  readonly #affine: Affine;
  readonly #rng: RandomStream;
  readonly #size: number;
  #order: { epoch: number; refs: readonly SliceRef[] } | undefined;

  /**
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
    const { batchSize = 20, policy = ACDC_POLICY, normaliseOriginals = true } = options;
    if (!Number.isInteger(batchSize) || batchSize < 2 || batchSize % 2 !== 0) {
      throw new RangeError(
        `Cannot make batches: batch size is ${batchSize}, wanted an even number from 2 up`,
      );
    }
    checkCases(cases);
    this.#size = cases[0]!.size;
    this.#refs = cases.flatMap((source) =>
      Array.from({ length: source.slices }, (_, slice) => ({ source, slice }))
    );
    this.#originals = options.originals ?? "same";
    const { artifacts, spacing = 1.36719 } = options;
    this.#artifacts = artifacts;
    this.#classLabels = options.classLabels;
    this.#affine = scalingAffine([spacing, spacing, SLICE_MM]);
    this.#keepEmpty = options.emptySlices === "keep";
    for (const source of cases) if (!("prepared" in source)) this.#labelled(source);
    this.#perBatch = batchSize / 2;
    this.#policy = policy;
    this.#normaliseOriginals = normaliseOriginals;
    this.#rng = rng;
    this.sliceCount = this.#refs.length;
    this.batchesPerEpoch = Math.ceil(this.sliceCount / this.#perBatch);
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
    const [size, count] = [this.#size, augmented.length];
    const pixels = size * size;
    const images = new Float32Array(2 * count * pixels);
    const labels = new Uint8Array(2 * count * pixels);
    const ids: string[] = [];
    augmented.forEach((ref, n) => {
      const { source, slice } = this.#withForeground(ref, epoch);
      ids[n] = `${source.id}#${slice}`;
      const changed = this.#augmented(source, slice, epoch, ref.slice);
      images.set(changed.image, n * pixels);
      labels.set(changed.label, n * pixels);
      const other = this.#withForeground(originals[n]!, epoch);
      const at = count + n;
      ids[at] = `${other.source.id}#${other.slice}`;
      images.set(this.#original(other.source, other.slice), at * pixels);
      labels.set(
        other.source.labels.subarray(other.slice * pixels, (other.slice + 1) * pixels),
        at * pixels,
      );
    });
    return { images, labels, ids, batch: 2 * count, size };
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
  #withForeground(ref: SliceRef, epoch: number): SliceRef<LabelledCase> {
    const { slice } = ref;
    const source = this.#labelled(ref.source);
    const { id, foreground } = source;
    if (foreground.length === 0 || foreground.includes(slice)) return { source, slice };
    const rng = this.#rng.stream("replace", epoch, id, slice);
    return { source, slice: rng.choice(foreground) };
  }

  #labelled(source: PreparedCase | PendingCase): LabelledCase {
    const known = this.#shown.get(source.id);
    if (known !== undefined) return known;
    const prepared = "prepared" in source ? source.prepared() : source;
    const { id, labels } = prepared;
    if (!labels) throw new TypeError(`Cannot make batches: case ${id} has no label`);
    const foreground = this.#keepEmpty ? [] : foregroundSlices({ ...prepared, labels });
    const labelled = { ...prepared, labels, foreground };
    this.#shown.set(id, labelled);
    return labelled;
  }

  /** `place` is the slice's own, or of the one it replaces, so that no two draws are the same. */
  #augmented(source: LabelledCase, slice: number, epoch: number, place: number) {
    const { size: side, images, labels } = source.field;
    const [from, to] = [slice * side * side, (slice + 1) * side * side];
    const rng = this.#rng.stream("augment", epoch, source.id, place);
    const result = applyAugmentation({
      image: images.subarray(from, to),
      label: labels!.subarray(from, to),
      width: side,
      height: side,
    }, sampleAugmentation(this.#policy, rng));
    const wanted = [this.#size, this.#size] as const;
    return this.#spoilt({
      image: minMax(fitSlice(result.image, [side, side], wanted, 0)),
      label: fitSlice(result.label, [side, side], wanted, 0),
    }, rng.stream("artifacts"));
  }

  /** The slice with artifacts, scaled to [0, 1] again. */
  #spoilt(slice: { image: Float32Array; label: Uint8Array }, rng: RandomStream) {
    if (!this.#artifacts) return slice;
    const grid = { shape: [this.#size, this.#size, 1] as const, affine: this.#affine };
    const steps = sampleRecipe(this.#artifacts, rng, grid);
    if (steps.length === 0) return slice;
    const { volume, label } = applySteps({ ...grid, data: slice.image }, steps, {
      label: { ...grid, data: slice.label },
      ...this.#classLabels && { labels: this.#classLabels },
    });
    return { image: minMax(volume.data), label: label!.data as Uint8Array };
  }

  #original(source: LabelledCase, slice: number): Float32Array {
    const pixels = this.#size ** 2;
    if (this.#normaliseOriginals) {
      return source.images.subarray(slice * pixels, (slice + 1) * pixels);
    }
    const { size: side, images } = source.field;
    const field = images.subarray(slice * side * side, (slice + 1) * side * side);
    return fitSlice(field, [side, side], [this.#size, this.#size], 0);
  }
}

function checkCases(cases: readonly (PreparedCase | PendingCase)[]): void {
  if (cases.length === 0) throw new RangeError("Cannot make batches: there is no case");
  const ids = new Set<string>();
  for (const { id, size } of cases) {
    if (size !== cases[0]!.size) {
      throw new TypeError(
        `Cannot make batches: case ${id} has size ${size}, wanted ${cases[0]!.size} as the first`,
      );
    }
    if (ids.has(id)) throw new TypeError(`Cannot make batches: case ${id} is there twice`);
    ids.add(id);
  }
}

/** Slices with a foreground pixel inside the crop. */
function foregroundSlices(
  { labels, slices, size }: Omit<LabelledCase, "foreground">,
): number[] {
  const pixels = size * size;
  return Array.from({ length: slices }, (_, slice) => slice).filter((slice) =>
    labels.subarray(slice * pixels, (slice + 1) * pixels).some((label) => label !== 0)
  );
}
