/**
 * Text as one word of a POSIX shell, quoted where it has to be.
 *
 * @example
 * ```ts
 * import { shellWord } from "./shell_word.ts";
 *
 * if (shellWord("my data") !== "'my data'") throw new Error();
 * ```
 */
export function shellWord(text: string): string {
  return /^[\w.,:=/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
