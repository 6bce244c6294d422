/** `flags.csv`: which segmentations of a folder are to be looked at. */
import { join } from "../../base/deps/std.ts";
import { spreadsheetText } from "../../base/report/spreadsheet_text.ts";
import { claim, ClaimError } from "../../formats/files/claim.ts";
import { exists } from "../../formats/files/exists.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { OutputPathError } from "../../formats/files/output_path_error.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { parseTable } from "../../imaging/data/layouts/read_list.ts";

const COLUMNS = [
  ...["output", "entropy", "entropyThreshold", "disagreement", "disagreementThreshold", "look"],
] as const;

/** Milliseconds between two tries to write, and tries at the most: ten seconds. */
const WAIT = 20, MOST_TRIES = 500;

/** How unsure the networks are of a volume, and whether that is more than usual. */
export interface FlagRow {
  /** The segmentation's path from the folder. */
  readonly output: string;
  readonly entropy: number;
  readonly entropyThreshold: number | null;
  /** Null where there is one network alone. */
  readonly disagreement: number | null;
  readonly disagreementThreshold: number | null;
}

/** The names of the numbers that are above their thresholds. */
export function raisedFlags(row: FlagRow): ("entropy" | "disagreement")[] {
  return (["entropy", "disagreement"] as const).filter((name) => {
    const [value, threshold] = [row[name], row[`${name}Threshold`]];
    return value !== null && threshold !== null && value > threshold;
  });
}

/** The path of a folder's table. */
export function flagTable(folder: string): string {
  return join(folder, "flags.csv");
}

/**
 * Fails where a file of that name is no table of flags.
 *
 * @throws {OutputPathError} Then.
 */
export async function checkFlagTable(folder: string): Promise<void> {
  const path = flagTable(folder);
  if (await exists(path)) await readRows(path);
}

/**
 * Adds a row to a folder's table, in the place of one of the same segmentation; other rows stay.
 *
 * @throws {WriteError} If the disk refuses.
 */
export async function addFlagRow(folder: string, row: FlagRow): Promise<void> {
  await makeFolder(folder);
  // Another process may add rows of other images at the same time.
  using _turn = await ownTurn(folder);
  const path = flagTable(folder);
  const rows = await exists(path) ? await readRows(path) : [];
  const own = COLUMNS.map((name) => name === "look" ? raisedFlags(row).join(" ") : row[name]);
  const output = spreadsheetText(row.output);
  const others = rows.filter((cells) => cells[0] !== output);
  const lines = [
    COLUMNS.join(","),
    ...others.map((cells) => cells.map(cell).join(",")),
    [output, ...own.slice(1)].map(cell).join(","),
  ];
  await writeAtomically(path, lines.map((line) => line + "\n").join(""));
}

/** Waits until no other process writes to the table; throws ClaimError where that takes too long. */
async function ownTurn(folder: string): Promise<Disposable> {
  for (let tries = 0;; tries++) {
    try {
      return await claim(join(folder, ".flags.csv.claim"), { task: `add to ${flagTable(folder)}` });
    } catch (error) {
      if (!(error instanceof ClaimError) || tries === MOST_TRIES) throw error;
      await new Promise((go) => setTimeout(go, WAIT));
    }
  }
}

async function readRows(path: string): Promise<string[][]> {
  try {
    const { columns, rows } = parseTable(await Deno.readTextFile(path), path);
    if (columns.join() !== COLUMNS.join()) {
      throw new Error(`its columns are ${columns.join(", ")}, wanted ${COLUMNS.join(", ")}`);
    }
    return rows.map((row) => COLUMNS.map((name) => row[name] ?? ""));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new OutputPathError(
      `Cannot add to ${path}, which is no table of flags: ${detail}`,
      { cause },
    );
  }
}

function cell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
