/** Label outlines as vector paths. */

/**
 * The borders of each class as an SVG path in pixel units, along the pixels' edges; horizontal runs
 * are joined. Classes that do not occur are left out.
 *
 * @param labels `[height, width]`, classes; 0 has no outline.
 */
export function labelOutline(
  labels: Uint8Array,
  width: number,
  height: number,
): { readonly label: number; readonly path: string }[] {
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : labels[x + width * y]!;
  const classes = [...new Set(labels)].filter((label) => label !== 0).sort((a, b) => a - b);
  return classes.map((label) => {
    let path = "";
    const edge = (x: number, y: number, dx: number, dy: number) =>
      (at(x, y) === label) !== (at(x + dx, y + dy) === label);
    for (let y = 0; y <= height; y++) {
      for (let x = 0; x < width; x++) {
        if (!edge(x, y, 0, -1)) continue;
        const from = x;
        while (x + 1 < width && edge(x + 1, y, 0, -1)) x++;
        path += `M${from} ${y}h${x + 1 - from}`;
      }
    }
    for (let x = 0; x <= width; x++) {
      for (let y = 0; y < height; y++) {
        if (!edge(x, y, -1, 0)) continue;
        const from = y;
        while (y + 1 < height && edge(x, y + 1, -1, 0)) y++;
        path += `M${x} ${from}v${y + 1 - from}`;
      }
    }
    return { label, path };
  });
}
