import { inOneLine } from "./in_one_line.ts";

/** Text in one line with nothing in it that GitHub's Markdown takes for more than text. */
export function markdownText(text: string): string {
  return inOneLine(text).replaceAll(/[\\|*_`<[\]~$]|&(?=#?\w+;)/g, (character) => `\\${character}`);
}
