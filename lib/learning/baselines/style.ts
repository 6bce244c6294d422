/**
 * The style of maps, which is the mean and the deviation of each channel, and how it is changed.
 *
 * Maps lie in memory as [batch, pixels, channels]. Each function passes once over them; sums are in
 * float64, so that the variance may come from the sums of values and squares. As in MaxStyle (Chen et
 * al., MICCAI 2022).
 */

/** The sizes of a batch of maps. */
export interface MapShape {
  readonly batch: number;
  /** Height times width, at least 2. */
  readonly pixels: number;
  readonly channels: number;
}

/** Two numbers a channel of each map, [batch, channels]. */
export interface Style {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Added to the variance before its root is taken. */
const EPSILON = 1e-6;

/**
 * The style of each map: deviation = sqrt(variance + 1e-6), the variance being the unbiased one.
 *
 * @param maps [batch, pixels, channels]
 */
export function styleOf(maps: Float32Array, shape: MapShape): Style {
  const { pixels } = shape;
  const { sums: mean, products: deviation } = sumsOf(maps, maps, shape);
  for (let n = 0; n < mean.length; n++) {
    mean[n]! /= pixels;
    const variance = (deviation[n]! - pixels * mean[n]! ** 2) / (pixels - 1);
    deviation[n] = Math.sqrt(Math.max(0, variance) + EPSILON);
  }
  return { mean, deviation };
}

/**
 * The standard deviation (unbiased) of each channel's mean and deviation over the batch.
 *
 * @param batch Number of maps, at least 2; with one, the result is NaN.
 * @returns [channels], not [batch, channels].
 */
export function spreadOf(style: Style, batch: number): Style {
  const spread = (values: Float64Array) => {
    const channels = values.length / batch;
    return Float64Array.from({ length: channels }, (_, c) => {
      const one = Array.from({ length: batch }, (_, b) => values[b * channels + c]!);
      const mean = one.reduce((a, b) => a + b, 0) / batch;
      return Math.sqrt(one.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (batch - 1));
    });
  };
  return { mean: spread(style.mean), deviation: spread(style.deviation) };
}

/**
 * The maps with another style: (map - from.mean) / from.deviation * to.deviation + to.mean.
 *
 * @param maps [batch, pixels, channels]
 * @returns New maps of that shape.
 */
export function withStyle(
  maps: Float32Array,
  shape: MapShape,
  from: Style,
  to: Style,
): Float32Array {
  const scale = to.deviation.map((deviation, n) => deviation / from.deviation[n]!);
  return scaledMaps(maps, shape, scale, to.mean.map((mean, n) => mean - from.mean[n]! * scale[n]!));
}

/**
 * The gradients of {@linkcode withStyle} by the maps and by `to`; `from` counts as constant.
 *
 * @param gradient By the result, [batch, pixels, channels].
 * @param maps What was given to `withStyle`.
 */
export function styleGradients(
  gradient: Float32Array,
  maps: Float32Array,
  shape: MapShape,
  from: Style,
  to: Style,
): { maps: Float32Array; to: Style } {
  const scale = to.deviation.map((deviation, n) => deviation / from.deviation[n]!);
  const { sums: mean, products } = sumsOf(gradient, maps, shape);
  const deviation = products.map((product, n) =>
    (product - from.mean[n]! * mean[n]!) / from.deviation[n]!
  );
  const none = new Float64Array(scale.length);
  return { maps: scaledMaps(gradient, shape, scale, none), to: { mean, deviation } };
}

/** maps * scale + shift, both [batch, channels]. */
function scaledMaps(
  maps: Float32Array,
  { batch, pixels, channels }: MapShape,
  scale: Float64Array,
  shift: Float64Array,
): Float32Array {
  const result = new Float32Array(maps.length);
  for (let b = 0, i = 0; b < batch; b++) {
    for (let p = 0; p < pixels; p++) {
      for (let n = b * channels; n < (b + 1) * channels; n++, i++) {
        result[i] = maps[i]! * scale[n]! + shift[n]!;
      }
    }
  }
  return result;
}

/** The sums of `maps` and of `maps` times `others`, [batch, channels]. */
function sumsOf(
  maps: Float32Array,
  others: Float32Array,
  { batch, pixels, channels }: MapShape,
): { sums: Float64Array; products: Float64Array } {
  const sums = new Float64Array(batch * channels), products = new Float64Array(batch * channels);
  for (let b = 0, i = 0; b < batch; b++) {
    for (let p = 0; p < pixels; p++) {
      for (let n = b * channels; n < (b + 1) * channels; n++, i++) {
        sums[n]! += maps[i]!;
        products[n]! += maps[i]! * others[i]!;
      }
    }
  }
  return { sums, products };
}
