/** What came of the inputs of a target, counted. */
import type { CaseReport } from "./run_case.ts";

/** A kind of fault, and the first inputs that show it. */
export interface FaultCount {
  count: number;
  readonly cases: number[];
}

/** The counts of a target. */
export interface Tally {
  inputs: number;
  results: number;
  /** By class and code. */
  readonly refusals: Record<string, number>;
  /** By what is wrong and where. */
  readonly faults: Record<string, FaultCount>;
  longest: number;
  longestCase: number;
  memory: number;
}

/** Inputs that are named of each kind of fault. */
const NAMED = 3;

/** Nothing yet. */
export function emptyTally(): Tally {
  return {
    ...{ inputs: 0, results: 0, longest: 0, longestCase: 0, memory: 0 },
    refusals: Object.create(null),
    faults: Object.create(null),
  };
}

/** Counts an input. */
export function addCase(
  tally: Tally,
  index: number,
  { kind, what, milliseconds, memory }: Pick<
    CaseReport,
    "kind" | "what" | "milliseconds" | "memory"
  >,
): void {
  tally.inputs++;
  if (kind === "result") tally.results++;
  if (kind === "refused") tally.refusals[what] = (tally.refusals[what] ?? 0) + 1;
  if (kind === "fault") {
    const known = tally.faults[what] ??= { count: 0, cases: [] };
    known.count++;
    if (known.cases.length < NAMED) known.cases.push(index);
  }
  if (milliseconds > tally.longest) [tally.longest, tally.longestCase] = [milliseconds, index];
  tally.memory = Math.max(tally.memory, memory);
}

/** Adds the counts of other inputs of the same target. */
export function addTally(to: Tally, { refusals, faults, ...counts }: Tally): void {
  to.inputs += counts.inputs;
  to.results += counts.results;
  for (const [what, count] of Object.entries(refusals)) {
    to.refusals[what] = (to.refusals[what] ?? 0) + count;
  }
  for (const [what, { count, cases }] of Object.entries(faults)) {
    const known = to.faults[what] ??= { count: 0, cases: [] };
    known.count += count;
    known.cases.push(...cases.slice(0, NAMED - known.cases.length));
  }
  if (counts.longest > to.longest) {
    [to.longest, to.longestCase] = [counts.longest, counts.longestCase];
  }
  to.memory = Math.max(to.memory, counts.memory);
}
