/**
 * How far the contours of classes lie apart: AdvChain's contour term (Chen et al., Medical Image
 * Analysis 2022; its `contour_loss`).
 *
 * For each foreground class c, with the Sobel derivatives G_x and G_y of the map of its probability
 * (zeros around it),
 *
 *   term = mean over c of 1/2 (mean (G_x q_c - G_x p_c)^2 + mean (G_y q_c - G_y p_c)^2),
 *
 * the inner means over all pixels of the batch. Both derivatives are linear, so they are taken once,
 * of q_c - p_c; and each is its own adjoint but for the sign, so the way back takes them again.
 */

/** The size of a batch of maps, [batch, height, width, classes]. */
export interface ClassMapsShape {
  /** Number of maps. */
  readonly batch: number;
  /** Rows of a map. */
  readonly height: number;
  /** Columns of a map. */
  readonly width: number;
  /** Classes with background, which is the first. */
  readonly classes: number;
}

/**
 * The contour term of two predictions, and its gradient by the first.
 *
 * @param prediction q, [batch, height, width, classes]
 * @param target p, of the same size.
 * @param gradient d term / d q, of the same size, is written here; 0 for the background.
 * @returns The term, 0 or more; 0 where there is no foreground class.
 */
export function contourTerm(
  prediction: Float32Array,
  target: Float32Array,
  shape: ClassMapsShape,
  gradient: Float32Array,
): number {
  const { batch, height, width, classes } = shape;
  gradient.fill(0);
  if (classes < 2) return 0;
  const pixels = height * width, scale = 1 / (batch * pixels * (classes - 1));
  // A margin of one pixel stays 0.
  const row = width + 2, size = row * (height + 2);
  const difference = new Float32Array(size), gx = new Float32Array(size);
  const gy = new Float32Array(size);
  let sum = 0;
  for (let b = 0; b < batch; b++) {
    for (let c = 1; c < classes; c++) {
      const first = b * pixels * classes + c;
      for (let y = 0, i = first; y < height; y++) {
        for (let x = 0, at = (y + 1) * row + 1; x < width; x++, at++, i += classes) {
          difference[at] = prediction[i]! - target[i]!;
        }
      }
      for (let y = 0; y < height; y++) {
        for (let x = 0, at = (y + 1) * row + 1; x < width; x++, at++) {
          const dx = alongX(difference, at, row), dy = alongY(difference, at, row);
          gx[at] = dx;
          gy[at] = dy;
          sum += dx * dx + dy * dy;
        }
      }
      for (let y = 0, i = first; y < height; y++) {
        for (let x = 0, at = (y + 1) * row + 1; x < width; x++, at++, i += classes) {
          gradient[i] = -scale * (alongX(gx, at, row) + alongY(gy, at, row));
        }
      }
    }
  }
  return 0.5 * scale * sum;
}

/** The Sobel derivative at a pixel along its row. */
function alongX(map: Float32Array, at: number, row: number): number {
  return map[at - row - 1]! - map[at - row + 1]! + 2 * (map[at - 1]! - map[at + 1]!) +
    map[at + row - 1]! - map[at + row + 1]!;
}

/** The same along its column. */
function alongY(map: Float32Array, at: number, row: number): number {
  return map[at - row - 1]! - map[at + row - 1]! + 2 * (map[at - row]! - map[at + row]!) +
    map[at - row + 1]! - map[at + row + 1]!;
}
