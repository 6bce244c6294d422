/**
 * What was measured before, kept beside the measurements: `bench --keep` writes, `bench --gate`
 * compares. A shared machine is fast one day and slow the next, so times are compared as shares of
 * the FMA peak of their own day: seconds times GFLOP/s.
 */
import { z } from "../../lib/base/deps/zod.ts";

/** One number to compare: a time, or a time a GFLOP. */
export interface Mark {
  readonly name: string;
  readonly seconds: number;
}

const DAY = z.object({
  cpu: z.string(),
  threads: z.int().min(1),
  deno: z.string(),
  /** As in 2026-11-30. */
  date: z.string(),
  /** The FMA peak beside the marks, GFLOP/s. */
  peak: z.number().positive(),
  marks: z.record(z.string(), z.number().positive()),
});

/** The marks of one day on one processor. */
export type KeptDay = z.infer<typeof DAY>;

/** Where marks are kept. */
export const KEPT = new URL("kept_marks.json", import.meta.url);

/**
 * The days kept in a file; none where there is no such file.
 *
 * @throws {Error} If the file is no list of days.
 */
export async function readKept(file: URL): Promise<KeptDay[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return z.array(DAY).parse(JSON.parse(text));
}

const sameMachine = (a: KeptDay, b: KeptDay) => a.cpu === b.cpu && a.threads === b.threads;

/**
 * The days with a new one in place of an older one of the same processor and threads. Marks that
 * were not taken again stay, as they would be at the new day's peak.
 */
export function withDay(days: readonly KeptDay[], day: KeptDay): KeptDay[] {
  const before = days.find((kept) => sameMachine(kept, day));
  const older = Object.entries(before?.marks ?? {}).map(([name, seconds]) => [
    ...[name, seconds * before!.peak / day.peak],
  ]);
  const rest = days.filter((kept) => !sameMachine(kept, day));
  return [...rest, { ...day, marks: { ...Object.fromEntries(older), ...day.marks } }];
}

/** A mark beside the kept one. */
export interface MarkComparison {
  readonly name: string;
  readonly seconds: number;
  /** The kept seconds, at their own day's peak. */
  readonly before: number;
  /** Seconds times peak, over the same of the kept one: below 1 is faster than before. */
  readonly ratio: number;
}

/** Each mark that the same processor has kept, beside it; undefined where it has kept none. */
export function compareToKept(
  days: readonly KeptDay[],
  now: KeptDay,
): MarkComparison[] | undefined {
  const kept = days.find((day) => sameMachine(day, now));
  if (kept === undefined) return undefined;
  return Object.entries(now.marks).flatMap(([name, seconds]) => {
    const before = kept.marks[name];
    if (before === undefined) return [];
    return [{ name, seconds, before, ratio: seconds * now.peak / (before * kept.peak) }];
  });
}
