/** Thermal noise of one or several receive channels. */
import { TorchRandom } from "../torch_random.ts";

/**
 * The root of summed squares over channels, each with complex Gaussian noise: Rician for one
 * channel, non-central chi for more. The signal is shared evenly by the channels.
 * Sources: Gudbjartsson and Patz, MRM 34 (1995) 910; Constantinides et al., MRM 38 (1997) 852.
 *
 * @param sigma Standard deviation of each real and imaginary part.
 */
export function noisyMagnitude(
  data: Float32Array,
  sigma: number,
  channels: number,
  seed: number,
): Float32Array {
  const result = new Float32Array(data.length);
  if (sigma === 0) {
    for (let o = 0; o < data.length; o++) result[o] = Math.abs(data[o]!);
    return result;
  }
  const random = new TorchRandom(seed), share = 1 / Math.sqrt(channels);
  for (let c = 0; c < channels; c++) {
    const re = random.randn(data.length), im = random.randn(data.length);
    for (let o = 0; o < data.length; o++) {
      const a = data[o]! * share + sigma * re[o]!, b = sigma * im[o]!;
      result[o]! += a * a + b * b;
    }
  }
  return result.map(Math.sqrt);
}
