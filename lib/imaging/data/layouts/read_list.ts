/** Text, JSON and tables that describe a data set, whatever program saved them. */
import { DatasetError } from "../cases/dataset_error.ts";
import { parseCells } from "../../../base/deps/std.ts";
import type { z } from "../../../base/deps/zod.ts";
import { issueText } from "../../../base/text/issue_text.ts";
import { shortText } from "../../../base/text/short_text.ts";
import { messageOf } from "../../../base/text/message_of.ts";

/** A file's text without its byte order mark; throws DatasetError where it cannot be read. */
export async function readText(path: string): Promise<string> {
  try {
    return (await Deno.readTextFile(path)).replace(/^\uFEFF/, "");
  } catch (cause) {
    throw new DatasetError(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
}

/** A JSON file's value; throws DatasetError where it cannot be read or is no JSON. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DatasetError(`Cannot open ${path}: it is no JSON (${messageOf(cause)})`, {
      cause,
    });
  }
}

/** A table with a header row; cells and column names are trimmed. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/**
 * Parses cells that commas, semicolons or tabs separate, whichever the header row has most of. Cells
 * may be quoted; empty lines are passed over.
 *
 * @param path The file, for the message.
 * @throws {DatasetError} If a quote does not end, or a row has more cells than the header.
 */
export function parseTable(text: string, path: string): Table {
  const plain = text.replace(/^\uFEFF/, "").replace(/^sep=.\r?\n/i, "");
  const header = /^\s*(.*)/.exec(plain)![1]!.replaceAll(/"[^"]*"/g, "");
  const count = (separator: string) => header.split(separator).length;
  const separator = [",", ";", "\t"].reduce((a, b) => count(b) > count(a) ? b : a);
  let cells: string[][];
  try {
    cells = parseCells(plain, separator, separator !== "\t");
  } catch (cause) {
    throw new DatasetError(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
  const [columns = [], ...body] = cells
    .map((row) => row.map((cell) => cell.trim()))
    .filter((row) => row.some((cell) => cell !== ""));
  const rows = body.map((row, n) => {
    if (row.slice(columns.length).some((cell) => cell !== "")) {
      throw new DatasetError(
        `Cannot open ${path}: row ${n + 2} has ${row.length} cells, the header ${columns.length} ` +
          `(${columns.join(", ")})`,
      );
    }
    return Object.fromEntries(columns.map((column, c) => [column, row[c] ?? ""]));
  });
  return { columns, rows };
}

/** The table in a file; see {@linkcode parseTable}. */
export async function readTable(path: string): Promise<Table> {
  return parseTable(await readText(path), path);
}

/** What is wrong with a value, every key: `labels.heart is null, wanted number`. */
export function describeIssues({ issues }: z.ZodError, value: unknown): string[] {
  return issues.map((issue) => issueText(issue, value));
}

/**
 * Parses a value that a file holds.
 *
 * @throws {DatasetError} In one line, with every key that is missing or wrong.
 */
export function parseValue<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DatasetError(`Cannot use ${path}: ${listed(describeIssues(parsed.error, value))}`);
}

/** Lines that a message names at the most. */
const MOST_NAMED = 12;

/** Things in one line, the last of many only counted. */
export function listed(things: readonly string[], separator = "; "): string {
  const more = things.length - MOST_NAMED;
  return things.slice(0, MOST_NAMED).map((thing) => shortText(thing)).join(separator) +
    (more > 0 ? ` and ${more} more` : "");
}
