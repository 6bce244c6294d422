/** Zero-filled reconstruction from some of the lines. */
import { filterLines } from "../../fft/filter_lines.ts";
import { toPlainOrder } from "../../fft/frequency.ts";
import type { Volume } from "../../../base/volume/volume.ts";
import type { PlaneAxis } from "./slices.ts";

/** The magnitude of each slice with all other lines zero; lines count from the lowest frequency. */
export function keepLines(volume: Volume, axis: PlaneAxis, lines: Iterable<number>): Volume {
  const { data, shape } = volume;
  const weights = new Float64Array(shape[axis]);
  for (const line of lines) {
    if (line >= shape[axis]) {
      throw new RangeError(
        `Cannot keep lines of k-space: line is ${line}, wanted 0 to ${shape[axis] - 1}`,
      );
    }
    weights[line] = 1;
  }
  const sources = [{ data, weights: toPlainOrder(weights) }];
  return { ...volume, data: filterLines(sources, shape, axis, "magnitude") };
}
