import type { Mark } from "./kept_marks.ts";

/** One measured thing: numbers for machines, a table for people. */
export interface Measurement {
  /** What `--json` prints. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Headings of the table; measurements of one kind have the same. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What a reader of the table should know. */
  readonly note?: string;
  /** What `--gate` compares. */
  readonly marks?: readonly Mark[];
}

/** The middle value; the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b), half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Seconds that a function takes, `runs` times after `warmups` that do not count. */
export function timed(run: () => void, runs: number, warmups = 1): number[] {
  for (let i = 0; i < warmups; i++) run();
  return Array.from({ length: runs }, () => secondsOf(run));
}

/** Seconds that a function takes. */
export function secondsOf(run: () => void): number {
  const started = performance.now();
  run();
  return (performance.now() - started) / 1000;
}

/** Seconds with three digits that count. */
export function showSeconds(seconds: number): string {
  return seconds < 1
    ? `${Number((seconds * 1000).toPrecision(3))} ms`
    : `${Number(seconds.toPrecision(3))} s`;
}

/** Bytes as GB of 10^9. */
export const showGigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
