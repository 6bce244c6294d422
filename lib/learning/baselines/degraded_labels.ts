import { IGNORED_LABEL } from "../../../wasm/mod.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { LabelMap } from "./label_map.ts";
import {
  changeLabelForm,
  type LabelMorphology,
  sampleLabelMorphology,
} from "./label_morphology.ts";
import { type LabelShape, paintLabelShape, sampleLabelShape } from "./label_shape.ts";
import { type LabelSwaps, sampleLabelSwaps, swapLabels } from "./label_swaps.ts";
import type { Method } from "./method.ts";

/** One change of a label map: plain JSON. */
export type LabelChange =
  | { readonly kind: "shape"; readonly parameters: LabelShape }
  | { readonly kind: "morphology"; readonly parameters: LabelMorphology }
  | { readonly kind: "swaps"; readonly parameters: LabelSwaps };

/** The sizes of a batch of label maps. */
export interface LabelsShape {
  /** Number of maps. */
  readonly batch: number;
  /** Rows of a map. */
  readonly height: number;
  /** Columns of a map. */
  readonly width: number;
  /** With background, 2 to 255. */
  readonly classes: number;
}

const KINDS = ["shape", "morphology", "swaps"] as const;
/** Most changes of a kind in one map. */
const MOST = { shape: 5, morphology: 2, swaps: 1 };

/**
 * Draws how one map is degraded, in the order of application: each kind of Larrazabal et al. by even
 * chance, at least one of them. How often and how strongly is chosen here, for slices of 192 x 192
 * pixels.
 *
 * @param classes With background, 2 to 255.
 */
export function sampleDegradation(classes: number, random: RandomStream): LabelChange[] {
  let kinds: readonly typeof KINDS[number][] = [];
  while (kinds.length === 0) kinds = random.shuffled(KINDS).filter(() => random.chance(0.5));
  return kinds.flatMap((kind) => {
    const count = random.integer(1, MOST[kind]);
    return Array.from({ length: count }, (_, n): LabelChange => {
      const stream = random.stream(kind, n);
      if (kind === "shape") return { kind, parameters: sampleLabelShape(classes, stream) };
      if (kind === "swaps") return { kind, parameters: sampleLabelSwaps(stream) };
      return { kind, parameters: sampleLabelMorphology(stream) };
    });
  });
}

/** The degraded map; the given one stays as it is. */
export function applyDegradation(map: LabelMap, changes: readonly LabelChange[]): LabelMap {
  return changes.reduce((changed, { kind, parameters }) => {
    if (kind === "shape") return paintLabelShape(changed, parameters);
    if (kind === "swaps") return swapLabels(changed, parameters);
    return changeLabelForm(changed, parameters);
  }, map);
}

/**
 * Degrades label maps as Post-DAE does to learn what organs look like: geometric shapes come and go,
 * structures shrink, grow, open or close, and labels near borders are swapped. What is ignored counts
 * as background meanwhile, and has no class in the end.
 *
 * @param labels [batch, height, width], each from 0 to classes - 1, or ignored.
 * @param random Each map draws from a stream of its own.
 * @returns [batch, height, width, classes] of zeros and ones; zeros alone where ignored.
 * @throws {TypeError} If there are not batch * height * width labels.
 * @throws {RangeError} If a label is out of range.
 */
export function degradedLabels(
  labels: Uint8Array | Int32Array,
  { batch, height, width, classes }: LabelsShape,
  random: RandomStream,
): Float32Array {
  const pixels = height * width;
  if (labels.length !== batch * pixels) {
    throw new TypeError(
      `Cannot degrade labels: there are ${labels.length}, wanted ${batch} x ${height} x ${width}`,
    );
  }
  const wrong = labels.find((label) => label !== IGNORED_LABEL && (label < 0 || label >= classes));
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot degrade labels: a label is ${wrong}, wanted 0 to ${classes - 1}`,
    );
  }
  const oneHot = new Float32Array(labels.length * classes);
  for (let n = 0; n < batch; n++) {
    const given = labels.subarray(n * pixels, (n + 1) * pixels);
    const own = Uint8Array.from(given, (label) => label === IGNORED_LABEL ? 0 : label);
    const changes = sampleDegradation(classes, random.stream("degraded-labels", n));
    const { labels: found } = applyDegradation({ labels: own, width, height }, changes);
    found.forEach((label, p) => {
      if (given[p] !== IGNORED_LABEL) oneHot[(n * pixels + p) * classes + label] = 1;
    });
  }
  return oneHot;
}

/**
 * Post-DAE: the slow-thinking network learns from labels that were degraded at random, and is given
 * labels when it refines: the most likely classes, not probabilities, which it has never seen.
 */
export const postDae: Method = {
  name: "post-dae",
  title: "Post-DAE",
  family: "none",
  summary: "The refining network learns to restore labels that were degraded at random.",
  source: "Larrazabal et al., IEEE Transactions on Medical Imaging 2020",
  settings: { latentAugmentation: false, shapePrior: "degraded-labels" },
};
