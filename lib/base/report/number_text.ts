/** How numbers are written in tables and on pages. */

/** A score or a difference to three decimals, with a true minus sign; `–` where there is none. */
export function scoreText(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const text = value.toFixed(3);
  return Number(text) === 0 ? "0.000" : text.replace("-", "\u2212");
}

/** A difference as {@linkcode scoreText}, with `+` before what is above 0. */
export function differenceText(value: number): string {
  const text = scoreText(value);
  return Number(value.toFixed(3)) > 0 ? `+${text}` : text;
}

/** An interval as `[0.812, 0.871]`; empty where an end is missing. */
export function intervalText(low: number | null, high: number | null): string {
  return low === null || high === null ? "" : `[${scoreText(low)}, ${scoreText(high)}]`;
}

/** A p-value, 0 to 1: `0.034`, or `< 0.001`. */
export function pValueText(value: number): string {
  return value < 0.001 ? "< 0.001" : value.toFixed(3);
}

/** With the sign that belongs before it: `p = 0.034`, `p < 0.001`. */
export function pEquals(value: number): string {
  const text = pValueText(value);
  return text.startsWith("<") ? `p ${text}` : `p = ${text}`;
}

/** A number to one decimal at most: `1.5`, `2`. */
export function decimalText(value: number): string {
  return String(Number(value.toFixed(1)));
}
