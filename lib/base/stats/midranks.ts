/**
 * The ranks of values from 1, the least, upwards; equal values share the mean of their ranks.
 *
 * @param values Numbers without NaN.
 * @returns As many ranks, whole or half numbers, in the order of the values.
 */
export function midranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let place = start; place < end; place++) ranks[order[place]!] = (start + 1 + end) / 2;
  }
  return ranks;
}

/** The sum of ranks: exact, as they are whole or half numbers. */
export function rankSum(ranks: readonly number[]): number {
  return ranks.reduce((sum, rank) => sum + rank, 0);
}
