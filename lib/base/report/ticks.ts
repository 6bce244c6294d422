/**
 * Round numbers to mark an axis with, within its range.
 *
 * @param count About how many.
 */
export function linearTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((candidate) => candidate >= rough)!;
  const ticks = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++) {
    ticks.push(n * step);
  }
  return ticks;
}

/** Powers of ten within a range of positive numbers, with 2 and 5 between where there are few. */
export function logTicks(low: number, high: number): number[] {
  const few = Math.log10(high / low) < 2.5;
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const n of few ? [1, 2, 5] : [1]) ticks.push(n * 10 ** power);
  }
  return ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
}

/** A tick's number as short text. */
export function tickLabel(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(0);
  return String(Number(value.toPrecision(3)));
}
