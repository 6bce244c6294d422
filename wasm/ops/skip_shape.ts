import { tf } from "../deps/tfjs.ts";

/**
 * Whether a skip map has half the height and width of the map that it is added to, rather than its shape.
 *
 * @throws {TypeError} If it has neither.
 */
export function isDoubled(
  operator: string,
  x: readonly number[],
  skip: readonly number[] | undefined,
): boolean {
  if (!skip) return false;
  const [n, height, width, channels] = x as [number, number, number, number];
  if (tf.util.arraysEqual([...skip], [...x])) return false;
  if (tf.util.arraysEqual([...skip], [n, height / 2, width / 2, channels])) return true;
  throw new TypeError(
    `Cannot ${operator}: skip is [${skip}], wanted [${x}] or half its height and width`,
  );
}
