/**
 * A smooth multiplicative field over an image: the exponential of a cubic B-spline.
 *
 * Four by four control points lie half an image apart, two of each axis inside, a quarter of the
 * side from its edges, and one beyond each edge, as AdvChain lays them out. Weights of a pixel add up
 * to 1 but near the edges, where up to 4 % of them (2 % an axis) would fall on points further out,
 * which count as 0. A field therefore never leaves the range of its control points and 0.
 */

/** Control points along each axis. */
const POINTS = 4;

/** Control points of one image, rows of columns. */
export const CONTROL_POINTS = POINTS * POINTS;

/** A batch of images, [batch, height, width, channels]. */
export interface ImagesShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * The exponential of the spline, one field an image.
 *
 * @param points Control points, [batch, 4, 4], natural logarithms of factors.
 * @param shape Of the images; the channels share a field.
 * @returns Factors above 0, [batch, height, width].
 */
export function biasField(points: Float32Array, shape: ImagesShape): Float32Array {
  const { batch, height, width } = shape;
  const down = splineWeights(height), across = splineWeights(width);
  const field = new Float32Array(batch * height * width), row = new Float64Array(POINTS);
  for (let b = 0, at = 0; b < batch; b++) {
    for (let y = 0; y < height; y++) {
      row.fill(0);
      for (let j = 0; j < POINTS; j++) {
        const weight = down[y * POINTS + j]!, first = b * CONTROL_POINTS + j * POINTS;
        for (let k = 0; k < POINTS; k++) row[k]! += weight * points[first + k]!;
      }
      for (let x = 0; x < width; x++, at++) {
        let sum = 0;
        for (let k = 0; k < POINTS; k++) sum += across[x * POINTS + k]! * row[k]!;
        field[at] = Math.exp(sum);
      }
    }
  }
  return field;
}

/**
 * The way back of {@linkcode biasField}: a gradient by the field to that by its control points.
 *
 * @param field What `biasField` gave.
 * @param byField [batch, height, width]
 * @returns [batch, 4, 4]
 */
export function pointGradient(
  field: Float32Array,
  byField: Float32Array,
  shape: ImagesShape,
): Float32Array {
  const { batch, height, width } = shape;
  const down = splineWeights(height), across = splineWeights(width);
  const gradient = new Float32Array(batch * CONTROL_POINTS), row = new Float64Array(POINTS);
  for (let b = 0, at = 0; b < batch; b++) {
    for (let y = 0; y < height; y++) {
      row.fill(0);
      for (let x = 0; x < width; x++, at++) {
        const byLogarithm = byField[at]! * field[at]!;
        for (let k = 0; k < POINTS; k++) row[k]! += across[x * POINTS + k]! * byLogarithm;
      }
      for (let j = 0; j < POINTS; j++) {
        const weight = down[y * POINTS + j]!, first = b * CONTROL_POINTS + j * POINTS;
        for (let k = 0; k < POINTS; k++) gradient[first + k]! += weight * row[k]!;
      }
    }
  }
  return gradient;
}

/** What each pixel of an axis takes of each control point, [size, 4]. */
function splineWeights(size: number): Float64Array {
  return Float64Array.from({ length: size * POINTS }, (_, i) => {
    // The middle of the pixel in distances of control points, from the first of them.
    const position = (2 * Math.floor(i / POINTS) + 1) / size + 0.5;
    return cubicSpline(Math.abs(position - i % POINTS));
  });
}

/** The cubic B-spline at this distance from its middle. */
function cubicSpline(distance: number): number {
  if (distance < 1) return 2 / 3 - distance ** 2 + distance ** 3 / 2;
  return distance < 2 ? (2 - distance) ** 3 / 6 : 0;
}
