/**
 * A small numeric check of the running backend: a convolution and its two gradients against the
 * same sums in plain loops and double precision, on sizes that are no multiple of a SIMD width.
 */
import { RandomStream } from "../../base/random/random_stream.ts";
import { type Tensor, type Tensor4D, tf } from "../../../wasm/mod.ts";

/** One thing that was checked. */
export interface Check {
  /** What was checked, as `gradient of the filter`. */
  readonly name: string;
  /** What was found, for a person. */
  readonly detail: string;
  /** Whether it is within its limit. */
  readonly passed: boolean;
}

const [HEIGHT, WIDTH, INPUTS, OUTPUTS] = [7, 9, 5, 6];
/** Largest deviation allowed, relative to the largest value: single precision has 6e-8. */
const LIMIT = 1e-5;

/** Checks the backend that runs. */
export function selfCheck(): Check[] {
  const rng = RandomStream.fromSeed(1);
  const draw = (count: number) => Float32Array.from({ length: count }, () => rng.normal());
  const image = draw(HEIGHT * WIDTH * INPUTS);
  const filter = draw(9 * INPUTS * OUTPUTS);
  const upstream = draw(HEIGHT * WIDTH * OUTPUTS);

  const [output, imageGradient, filterGradient] = tf.tidy(() => {
    const x = tf.tensor4d(image, [1, HEIGHT, WIDTH, INPUTS]);
    const w = tf.tensor4d(filter, [3, 3, INPUTS, OUTPUTS]);
    const dy = tf.tensor4d(upstream, [1, HEIGHT, WIDTH, OUTPUTS]);
    const convolve = (...[a, b]: Tensor[]) => tf.conv2d(a as Tensor4D, b as Tensor4D, 1, "same");
    const [dx, dw] = tf.grads(convolve)([x, w], dy);
    return [convolve(x, w).dataSync(), dx!.dataSync(), dw!.dataSync()];
  });
  const wanted = loops(image, filter, upstream);
  return [
    compare("convolution", output!, wanted.output),
    compare("gradient of the image", imageGradient!, wanted.imageGradient),
    compare("gradient of the filter", filterGradient!, wanted.filterGradient),
  ];
}

function compare(name: string, found: ArrayLike<number>, wanted: Float64Array): Check {
  const largest = wanted.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const deviation = wanted.reduce(
    (max, value, i) => Math.max(max, Math.abs(value - found[i]!)),
    0,
  ) / largest;
  return {
    name,
    detail: `relative deviation ${deviation.toExponential(1)}, limit ${LIMIT}`,
    passed: deviation <= LIMIT,
  };
}

/** The convolution of one image, 3 x 3, zero padding, with the gradients for `upstream`. */
function loops(image: Float32Array, filter: Float32Array, upstream: Float32Array) {
  const output = new Float64Array(upstream.length);
  const imageGradient = new Float64Array(image.length);
  const filterGradient = new Float64Array(filter.length);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      for (let tap = 0; tap < 9; tap++) {
        const [fromY, fromX] = [y + Math.floor(tap / 3) - 1, x + tap % 3 - 1];
        if (fromY < 0 || fromX < 0 || fromY >= HEIGHT || fromX >= WIDTH) continue;
        for (let i = 0; i < INPUTS; i++) {
          const at = (fromY * WIDTH + fromX) * INPUTS + i;
          for (let o = 0; o < OUTPUTS; o++) {
            const weight = (tap * INPUTS + i) * OUTPUTS + o;
            const out = (y * WIDTH + x) * OUTPUTS + o;
            output[out]! += image[at]! * filter[weight]!;
            imageGradient[at]! += upstream[out]! * filter[weight]!;
            filterGradient[weight]! += upstream[out]! * image[at]!;
          }
        }
      }
    }
  }
  return { output, imageGradient, filterGradient };
}
