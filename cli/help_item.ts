import { Help } from "./deps/commander.ts";

/** Columns of a term and of what stands behind it. */
const INDENT = 2, BELOW = 6;

/**
 * A command, an argument or an option with its meaning: beside it, or below it where the terminal is
 * narrow, which Commander would let run over the edge.
 */
export function helpItem(
  this: Help,
  term: string,
  termWidth: number,
  description: string,
  helper: Help,
): string {
  const width = this.helpWidth ?? 80;
  const beside = width - termWidth - 2 * INDENT;
  if (description === "" || beside >= this.minWidthToWrap) {
    return Help.prototype.formatItem.call(this, term, termWidth, description, helper);
  }
  const lines = helper.boxWrap(description, width - BELOW).split("\n");
  return [" ".repeat(INDENT) + term, ...lines.map((line) => " ".repeat(BELOW) + line)].join("\n");
}
