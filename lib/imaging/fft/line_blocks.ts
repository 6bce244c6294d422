/** How the lines of a grid along one axis are visited, some at a time. */

/** Lines transformed together: enough to use each twiddle factor well, few enough for the cache. */
const LINES_A_BLOCK = 32;

/** Some neighbouring lines: element `x` of line `b` is at `start + b * lineStep + x * step`. */
export interface LineBlock {
  /** Index of the first line's first element. */
  readonly start: number;
  /** Number of lines. */
  readonly lines: number;
  /** Distance between neighbouring lines. */
  readonly lineStep: number;
  /** Distance between neighbouring elements of a line. */
  readonly step: number;
}

/**
 * The lines of a grid along `axis`, in blocks.
 *
 * @param shape The grid's sizes, the first axis running fastest.
 * @param axis Which axis the lines follow.
 * @param atMost The most lines a block may have.
 * @throws {RangeError} If there is no such axis.
 */
export function* lineBlocks(
  shape: readonly number[],
  axis: number,
  atMost = LINES_A_BLOCK,
): Generator<LineBlock> {
  const length = shape[axis];
  if (length === undefined) {
    throw new RangeError(
      `Cannot transform: axis is ${axis}, wanted a whole number from 0 to ${shape.length - 1}`,
    );
  }
  const step = shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const outer = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  if (step === 1) {
    for (let o = 0; o < outer; o += atMost) {
      yield { start: o * length, lines: Math.min(atMost, outer - o), lineStep: length, step };
    }
    return;
  }
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < step; i += atMost) {
      const start = o * step * length + i;
      yield { start, lines: Math.min(atMost, step - i), lineStep: 1, step };
    }
  }
}
