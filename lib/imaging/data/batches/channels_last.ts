/**
 * Slices `[slices, channels, pixels]`, as volumes are kept, as `[slices, pixels, channels]`, as tensors
 * are; the very same values where there is one channel.
 *
 * @param pixels Pixels of a slice.
 */
export function channelsLast(planes: Float32Array, channels: number, pixels: number): Float32Array {
  if (channels === 1) return planes;
  const result = new Float32Array(planes.length);
  for (let start = 0; start < planes.length; start += channels * pixels) {
    for (let channel = 0; channel < channels; channel++) {
      const from = start + channel * pixels;
      for (let p = 0; p < pixels; p++) result[start + p * channels + channel] = planes[from + p]!;
    }
  }
  return result;
}
