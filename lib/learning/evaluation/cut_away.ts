/** Cases that a line names at most. */
const MOST_NAMED = 12;

/** Shares of foreground outside the crop as text, largest first: `A000_ED 63.0 %, A001_ED 2.1 %`. */
export function shareText(
  shares: readonly { readonly id: string; readonly cutAway: number }[],
): string {
  const sorted = shares.toSorted((a, b) => b.cutAway - a.cutAway);
  const named = sorted.slice(0, MOST_NAMED).map(({ id, cutAway }) =>
    `${id} ${cutAway < 0.001 ? "below 0.1" : (100 * cutAway).toFixed(1)} %`
  );
  const more = sorted.length - named.length;
  return named.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
