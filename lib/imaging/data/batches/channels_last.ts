/**
 * Slices `[slices, channels, pixels]`, as volumes are kept, as `[slices, pixels, channels]`, as tensors
 * are; the very same values where there is one channel.
 *
 * @param pixels Pixels of a slice.
 */
export function channelsLast(planes: Float32Array, channels: number, pixels: number): Float32Array {
  if (channels === 1) return planes;
  return exchanged(planes, channels, pixels);
}

/** Undoes {@linkcode channelsLast}. */
export function channelsFirst(
  values: Float32Array,
  channels: number,
  pixels: number,
): Float32Array {
  if (channels === 1) return values;
  return exchanged(values, pixels, channels);
}

/** `[n, rows, columns]` as `[n, columns, rows]`. */
function exchanged(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length), area = rows * columns;
  for (let start = 0; start < values.length; start += area) {
    for (let row = 0; row < rows; row++) {
      const from = start + row * columns;
      for (let c = 0; c < columns; c++) result[start + c * rows + row] = values[from + c]!;
    }
  }
  return result;
}
