import type { Arrays } from "./work.ts";

/** Where two sets of results differ most. */
export interface Deviation {
  /** The largest difference as a share of the largest reference value of the same array. */
  readonly share: number;
  /** The array in which it is. */
  readonly name: string;
}

/**
 * The largest difference between results and a reference; NaN where a number is none.
 *
 * @throws {TypeError} If an array is missing or has another shape.
 */
export function deviation(results: Arrays, reference: Arrays): Deviation {
  let largest: Deviation = { share: 0, name: "" };
  for (const [name, { data, shape }] of Object.entries(reference)) {
    const other = results[name];
    if (other?.shape.join() !== shape.join()) {
      throw new TypeError(`Cannot compare ${name}: it is [${other?.shape}], wanted [${shape}]`);
    }
    let difference = 0, scale = 0;
    for (let i = 0; i < data.length; i++) {
      // Math.max keeps a NaN.
      difference = Math.max(difference, Math.abs(other.data[i]! - data[i]!));
      scale = Math.max(scale, Math.abs(data[i]!));
    }
    const share = difference === 0 ? 0 : difference / scale;
    if (Number.isNaN(share)) return { share, name };
    if (share > largest.share) largest = { share, name };
  }
  return largest;
}
