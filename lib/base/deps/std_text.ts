/** What Deno's standard library knows of words, apart from the rest so that light modules stay light. */
// deno-lint-ignore-file no-explicit-any
import { levenshteinDistance as untyped } from "npm:deno-std@1.4.0/text/levenshtein_distance.js";

/** Letters to change, add or leave out to make one word of the other. */
export const levenshteinDistance: (one: string, other: string) => number = untyped as any;
