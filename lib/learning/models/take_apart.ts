/**
 * Puts `[pixels, classes]` into a map a class, from a pixel on.
 *
 * @param maps One a class, of as many pixels or more.
 * @param weight What the values are multiplied by.
 */
export function takeApart(
  maps: readonly Float32Array[],
  values: Float32Array,
  from = 0,
  weight = 1,
): void {
  const classes = maps.length, pixels = values.length / classes;
  maps.forEach((map, c) => {
    for (let n = 0; n < pixels; n++) map[from + n] = weight * values[n * classes + c]!;
  });
}
