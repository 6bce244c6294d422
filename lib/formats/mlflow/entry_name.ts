/** Characters of a name at most, as MLflow has it. */
const MOST = 250;

/**
 * A name as MLflow takes it for a metric, a parameter or a tag, which it keeps as a file of that path:
 * letters and digits of any script, `_`, `-`, `.`, blanks and `/`. All else becomes `_`; no part is empty, or leads to
 * another folder.
 *
 * @example
 * ```ts
 * import { entryName } from "./entry_name.ts";
 *
 * if (entryName("test/A&B/Dice: x") !== "test/A_B/Dice_ x") throw new Error();
 * ```
 */
export function entryName(text: string): string {
  const parts = text.replaceAll(/[^\p{L}\p{Nd}_.\- /]/gu, "_").slice(0, MOST).split("/");
  // dots lead to other folders, and some file systems lose both at the end of a name
  return parts.map((part) => part.replaceAll(/^[ .]+|[ .]+$/g, "_") || "_").join("/");
}
