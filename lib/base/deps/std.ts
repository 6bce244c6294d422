/**
 * The few functions of Deno's standard library that Tandem uses. They come from npm, where the
 * package carries no types, so this module declares them once.
 */
// deno-lint-ignore-file no-explicit-any
import { parse as parseCsvUntyped } from "npm:deno-std@1.4.0/csv/parse.js";
import { stringify as stringifyCsvUntyped } from "npm:deno-std@1.4.0/csv/stringify.js";
import { escape as escapeUntyped } from "npm:deno-std@1.4.0/html/entities.js";
import * as path from "npm:deno-std@1.4.0/path/mod.js";
import { levenshteinDistance as levenshteinUntyped } from "npm:deno-std@1.4.0/text/levenshtein_distance.js";

const untypedPath: any = path;
const untypedParse: any = parseCsvUntyped;
const untypedStringify: any = stringifyCsvUntyped;

/** Text as HTML, in elements and in attributes. */
export const escapeHtml: (text: string) => string = escapeUntyped as any;
/** Joins path segments with the platform's separator. */
export const join: (...segments: string[]) => string = untypedPath.join;
/** The last segment of a path, less `suffix`. */
export const basename: (path: string, suffix?: string) => string = untypedPath.basename;
/** All but the last segment of a path. */
export const dirname: (path: string) => string = untypedPath.dirname;
/** An absolute path. */
export const resolve: (...segments: string[]) => string = untypedPath.resolve;
/** The path from one folder to another. */
export const relative: (from: string, to: string) => string = untypedPath.relative;
/** The path of a `file:` URL. */
export const fromFileUrl: (url: string | URL) => string = untypedPath.fromFileUrl;
/** The `file:` URL of an absolute path. */
export const toFileUrl: (path: string) => URL = untypedPath.toFileUrl;
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
/** Letters to change, add or leave out to make one word of the other. */
export const levenshteinDistance: (one: string, other: string) => number =
  levenshteinUntyped as any;
