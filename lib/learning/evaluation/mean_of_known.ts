import { meanOf } from "../../base/stats/mean_of.ts";

/** The mean of the numbers that there are; null where there is none. */
export function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : meanOf(known);
}
