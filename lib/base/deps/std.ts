/**
 * The few functions of Deno's standard library that Tandem uses. They come from npm, where the
 * package carries no types, so this module declares them once. Each comes from its own
 * file, so that no more is loaded.
 */
// deno-lint-ignore-file no-explicit-any
import { parse as parseCsvUntyped } from "npm:deno-std@1.4.0/csv/parse.js";
import { stringify as stringifyCsvUntyped } from "npm:deno-std@1.4.0/csv/stringify.js";
import { escape as escapeUntyped } from "npm:deno-std@1.4.0/html/entities.js";
import { basename as basenameUntyped } from "npm:deno-std@1.4.0/path/basename.js";
import { dirname as dirnameUntyped } from "npm:deno-std@1.4.0/path/dirname.js";
import { fromFileUrl as fromFileUrlUntyped } from "npm:deno-std@1.4.0/path/from_file_url.js";
import { join as joinUntyped } from "npm:deno-std@1.4.0/path/join.js";
import { relative as relativeUntyped } from "npm:deno-std@1.4.0/path/relative.js";
import { resolve as resolveUntyped } from "npm:deno-std@1.4.0/path/resolve.js";
import { toFileUrl as toFileUrlUntyped } from "npm:deno-std@1.4.0/path/to_file_url.js";

const untypedParse: any = parseCsvUntyped;
const untypedStringify: any = stringifyCsvUntyped;

/** Text as HTML, in elements and in attributes. */
export const escapeHtml: (text: string) => string = escapeUntyped as any;
/** Joins path segments with the platform's separator. */
export const join: (...segments: string[]) => string = joinUntyped as any;
/** The last segment of a path, less `suffix`. */
export const basename: (path: string, suffix?: string) => string = basenameUntyped as any;
/** All but the last segment of a path. */
export const dirname: (path: string) => string = dirnameUntyped as any;
/** An absolute path. */
export const resolve: (...segments: string[]) => string = resolveUntyped as any;
/** The path from one folder to another. */
export const relative: (from: string, to: string) => string = relativeUntyped as any;
/** The path of a `file:` URL. */
export const fromFileUrl: (url: string | URL) => string = fromFileUrlUntyped as any;
/** The `file:` URL of an absolute path. */
export const toFileUrl: (path: string) => URL = toFileUrlUntyped as any;
/** Parses CSV with a header row into one record a row; throws SyntaxError on malformed CSV. */
export function parseCsv(text: string): Record<string, string>[] {
  return untypedParse(text, { skipFirstRow: true });
}
/** Parses lines of cells; blanks before cells are dropped where `trim`. Throws SyntaxError likewise. */
export function parseCells(text: string, separator: string, trim: boolean): string[][] {
  return untypedParse(text, { separator, trimLeadingSpace: trim });
}
/** Writes records as CSV with a header row. */
export function stringifyCsv(
  rows: readonly Record<string, unknown>[],
  columns: readonly string[],
  separator = ",",
): string {
  return untypedStringify(rows, { columns, separator });
}
