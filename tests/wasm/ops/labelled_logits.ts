/** Logits with labels, some of them ignored, for the tests of what takes both. */
import { IGNORED_LABEL, type Tensor, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { randomValues, type Shape4, sizeOf } from "../reference.ts";

/** One pixel; a rest of 1, 2, 3 pixels behind whole fours; more than one chunk of 4096 pixels. */
export const SHAPES: readonly Shape4[] = [
  [1, 1, 1, 2],
  [1, 3, 3, 4],
  [2, 5, 3, 3],
  [1, 1, 7, 5],
  [1, 67, 63, 2],
];

/** Values of one shape as arrays, in float64 for references. */
export interface LabelledLogits {
  readonly shape: Shape4;
  readonly classes: number;
  readonly logits: Float32Array;
  readonly values: Float64Array;
  readonly labels: Int32Array;
}

/** Draws logits and labels; about `ignored` (0-1) of the labels are those of ignored pixels. */
export function labelledLogits(shape: Shape4, ignored = 0): LabelledLogits {
  const classes = shape[3], size = sizeOf(shape);
  const logits = randomValues("logits", size, -6, 6);
  const labels = Int32Array.from(randomValues("labels", size / classes, 0, classes));
  const draws = randomValues("ignored", labels.length, 0, 1);
  draws.forEach((draw, i) => draw < ignored && (labels[i] = IGNORED_LABEL));
  return { shape, classes, logits, values: Float64Array.from(logits), labels };
}

/** The same as tensors. */
export function tensorsOf({ shape, logits, labels }: LabelledLogits): [Tensor4D, Tensor] {
  const [batch, height, width] = shape;
  return [
    tf.tensor4d(logits, shape),
    tf.tensor3d(labels, [batch, height, width], "int32"),
  ];
}

/** One-hot labels, zeros at ignored pixels, [pixels, classes]. */
export function oneHotOf({ classes, labels }: LabelledLogits): Float32Array {
  const hot = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => label !== IGNORED_LABEL && (hot[i * classes + label] = 1));
  return hot;
}
