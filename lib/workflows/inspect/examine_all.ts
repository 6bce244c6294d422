import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import { type CaseRow, caseRow, MOST_ROWS } from "./case_sheet.ts";
import { examineCase, type ExaminedCase, type ExamineOptions } from "./inspect_case.ts";

/** Who hears of an inspection while it goes on. */
export interface Listeners {
  /** How many cases were read. */
  readonly onProgress: (done: number, total: number) => void;
  /** A row of the contact sheet. */
  readonly onRow: (row: CaseRow) => void;
}

/** A case of which no voxels are kept. */
export type KnownCase = Omit<ExaminedCase, "image" | "label">;

/** Looks at all cases, one after the other, and keeps no voxels of them. */
export async function examineAll(
  cases: readonly FileCase[],
  { onProgress, onRow }: Listeners,
  how: (source: FileCase) => ExamineOptions,
): Promise<KnownCase[]> {
  const step = Math.max(1, cases.length / MOST_ROWS);
  const shown = new Set(
    Array.from({ length: Math.min(MOST_ROWS, cases.length) }, (_, n) => Math.floor(n * step)),
  );
  const examined: KnownCase[] = [];
  for (const [n, source] of cases.entries()) {
    const one = await examineCase(source, how(source));
    const row = shown.has(n) ? caseRow(one, source.orientation) : undefined;
    if (row) onRow(row);
    const { found, problems, hashes } = one;
    examined.push({ found, problems, hashes });
    onProgress(n + 1, cases.length);
  }
  return examined;
}
