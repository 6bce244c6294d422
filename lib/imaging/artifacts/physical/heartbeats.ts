/** Which heartbeat of a segmented acquisition brings which line of k-space. */
import { z } from "../../../base/deps/zod.ts";

/** From one end to the other, every n-th line in one beat, or from the centre outwards. */
export const lineOrder = z.enum(["sequential", "interleaved", "centric"]);

/** See {@linkcode lineOrder}. */
export type LineOrder = z.infer<typeof lineOrder>;

/**
 * The heartbeat (0 to heartbeats - 1) of each line.
 *
 * @param lines Number of lines; line l has the frequency `l - floor(lines / 2)`.
 * @param heartbeats Number of beats over which they are spread.
 */
export function heartbeatsOfLines(lines: number, heartbeats: number, order: LineOrder): Int32Array {
  const result = new Int32Array(lines);
  if (order === "interleaved") return result.map((_, l) => l % heartbeats);
  const ranks = Array.from({ length: lines }, (_, l) => l);
  if (order === "centric") {
    const middle = Math.floor(lines / 2);
    ranks.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
  }
  ranks.forEach((line, rank) => result[line] = Math.floor(rank * heartbeats / lines));
  return result;
}
