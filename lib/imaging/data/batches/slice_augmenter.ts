import type { RandomStream } from "../../../base/random/random_stream.ts";
import { scalingAffine } from "../../../base/volume/affine.ts";
import { fitSlice, windowOf } from "../../../base/volume/fit.ts";
import { minMax } from "../../../base/volume/normalise.ts";
import type { SliceSize } from "../../../base/volume/slice_size.ts";
import type { Affine } from "../../../base/volume/volume.ts";
import { applyToChannels, type Recipe, sampleRecipe } from "../../artifacts/compose.ts";
import type { RoleLabel } from "../../artifacts/needs.ts";
import {
  applyAugmentation,
  type AugmentationPolicy,
  sampleAugmentation,
  TURNED_POLICY,
} from "../augmentation/policy.ts";
import { fieldSize } from "../preparation/prepare_case.ts";
import type { LabelledSlices, PreparedSlice, SlicedCase } from "../preparation/sliced_case.ts";
import type { BatchOptions } from "./batch_options.ts";
import { cropWindow } from "./crop_window.ts";

/** Thickness in mm that a lone slice is given for artifacts; none of them depends on it alone. */
const SLICE_MM = 8;

/** A slice as a batch shows it: its channels one after another, and its label. */
export interface ShownSlice {
  /** `channels * height * width` */
  readonly planes: Float32Array;
  /** `height * width` */
  readonly label: Uint8Array;
}

/** Makes the slices that batches show. What it draws depends on its stream, epoch, case and slice alone. */
export class SliceAugmenter {
  readonly #size: SliceSize;
  readonly #policy: AugmentationPolicy;
  readonly #normaliseOriginals: boolean;
  readonly #scaleSlices: boolean;
  readonly #crops: boolean;
  readonly #artifacts: Recipe | undefined;
  readonly #classLabels: readonly RoleLabel[] | undefined;
  readonly #affine: Affine;
  readonly #rng: RandomStream;

  /**
   * Makes slices of one size.
   *
   * @param rng Its children are named by purpose, epoch, case and slice.
   */
  constructor({ height, width }: SliceSize, options: BatchOptions, rng: RandomStream) {
    const { policy = TURNED_POLICY, normaliseOriginals = true, scaleSlices = true } = options;
    const { artifacts, classLabels, spacing = 1.36719 } = options;
    this.#size = { height, width };
    this.#policy = policy;
    this.#normaliseOriginals = normaliseOriginals;
    this.#scaleSlices = scaleSlices;
    this.#crops = options.crop !== undefined;
    this.#artifacts = artifacts;
    this.#classLabels = classLabels;
    this.#affine = scalingAffine([spacing, spacing, SLICE_MM]);
    this.#rng = rng;
  }

  /**
   * A slice changed by the policy, then by artifacts. Where it is cropped, the whole slice has the
   * artifacts before: a scanner samples the k-space of the slice, not of a crop, whose edges would
   * ring and fold.
   *
   * @param place The slice's own place, or that of the one it replaces, so that no two draws are the same.
   */
  augmented(source: SlicedCase, slice: number, epoch: number, place: number): ShownSlice {
    const rng = this.#rng.stream("augment", epoch, source.id, place);
    const field = this.#crops
      ? this.#spoiltCrop(source.slice(slice), rng)
      : planesOf(source.slice(slice).field);
    const params = sampleAugmentation(this.#policy, rng);
    const { height, width } = field, inner = [this.#size.width, this.#size.height] as const;
    const fit = <T extends Float32Array | Uint8Array>(plane: T) =>
      fitSlice(plane, [width, height], inner, 0);
    // One draw for all channels; the label moves alike with each, and is taken from the first.
    const changed = field.planes.map((image) =>
      applyAugmentation({ image, label: field.label, width, height }, params)
    );
    const shown = {
      ...this.#size,
      planes: changed.map(({ image }) => this.#scaled(fit(image))),
      label: fit(changed[0]!.label),
    };
    const { planes, label } = this.#crops ? shown : this.#spoilt(shown, rng.stream("artifacts"));
    return { planes: joined(planes), label };
  }

  #spoiltCrop({ field, shown }: PreparedSlice, rng: RandomStream): Planes {
    const whole = planesOf({ ...field, labels: shown.labels! });
    const spoilt = this.#spoilt(
      this.#artifacts ? { ...whole, planes: whole.planes.map((own) => this.#scaled(own)) } : whole,
      rng.stream("artifacts"),
    );
    return this.#window(spoilt, fieldSize(this.#size), rng.stream("crop"));
  }

  #scaled(plane: Float32Array): Float32Array {
    if (this.#scaleSlices) return minMax(plane);
    return plane.map((value) => Math.min(1, Math.max(0, value)));
  }

  /** The slice, in [0, 1], with artifacts, in [0, 1] again. */
  #spoilt(slice: Planes, rng: RandomStream): Planes {
    if (!this.#artifacts) return slice;
    const { planes, label, width, height } = slice;
    const grid = { shape: [width, height, 1] as const, affine: this.#affine };
    const steps = sampleRecipe(this.#artifacts, rng, grid, planes.length);
    if (steps.length === 0) return slice;
    const spoilt = applyToChannels(planes.map((data) => ({ ...grid, data })), steps, {
      label: { ...grid, data: label },
      ...this.#classLabels && { labels: this.#classLabels },
    });
    if (spoilt.volumes.some(({ shape }) => shape.join() !== grid.shape.join())) {
      throw new RangeError(
        `Cannot train with artifacts: ${steps.map(({ artifact }) => artifact).join(", ")} makes ` +
          `slices of another size, wanted ${width} x ${height}`,
      );
    }
    return {
      ...{ width, height },
      planes: spoilt.volumes.map(({ data }) => this.#scaled(data)),
      label: spoilt.label!.data as Uint8Array,
    };
  }

  /** A slice as it is. */
  original(source: SlicedCase, slice: number, epoch: number): ShownSlice {
    const prepared = source.slice(slice);
    const stack = this.#normaliseOriginals ? prepared.shown : prepared.field;
    if (this.#crops) {
      const rng = this.#rng.stream("crop", epoch, source.id, slice);
      const whole = planesOf({ ...stack, labels: prepared.shown.labels! });
      const { planes, label } = this.#window(whole, this.#size, rng);
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
  #window({ planes, label, ...whole }: Planes, size: SliceSize, rng: RandomStream): Planes {
    const at = cropWindow(label, whole, size, rng);
    const cut = <T extends Float32Array | Uint8Array>(plane: T, fill: "edge" | number) =>
      windowOf(plane, whole, at, size, fill);
    return {
      ...size,
      planes: planes.map((plane) => cut(plane, "edge")),
      label: cut(label, 0),
    };
  }
}

/** The channels of a slice, and its label. */
interface Planes extends SliceSize {
  readonly planes: readonly Float32Array[];
  readonly label: Uint8Array;
}

function planesOf({ images, labels, height, width }: LabelledSlices): Planes {
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
