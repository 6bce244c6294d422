/**
 * Thin bars along the borders of each class, inside it, as an SVG path in pixel units: unlike a line on the
 * border they leave room for the neighbour's. Classes that do not occur are left out.
 *
 * @param labels `[height, width]`, classes; 0 has no border.
 * @param thickness In pixels of the labels, at most 1.
 */
export function insideEdges(
  labels: ArrayLike<number>,
  width: number,
  height: number,
  thickness: number,
): { readonly label: number; readonly path: string }[] {
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : labels[x + width * y]!;
  const t = Number(thickness.toFixed(4));
  const classes = [...new Set(Array.from(labels))].filter((label) => label !== 0)
    .sort((a, b) => a - b);
  return classes.map((label) => {
    let path = "";
    for (const side of [-1, 1]) {
      const shift = side < 0 ? 0 : Number((1 - t).toFixed(4));
      const level = (x: number, y: number) => at(x, y) === label && at(x, y + side) !== label;
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          if (!level(x, y)) continue;
          const from = x;
          while (x + 1 < width && level(x + 1, y)) x++;
          path += `M${from} ${y + shift}h${x + 1 - from}v${t}h${from - x - 1}z`;
        }
      }
      const upright = (x: number, y: number) => at(x, y) === label && at(x + side, y) !== label;
      for (let x = 0; x < width; x++) {
        for (let y = 0; y < height; y++) {
          if (!upright(x, y)) continue;
          const from = y;
          while (y + 1 < height && upright(x, y + 1)) y++;
          // turned like the others: where bars of two turns meet, nothing would be filled
          path += `M${x + shift} ${from}h${t}v${y + 1 - from}h-${t}z`;
        }
      }
    }
    return { label, path };
  });
}
