/**
 * Words of a line, as a shell would split them but without one: spaces separate, quotes of both kinds
 * keep together, a backslash outside single quotes takes the next character as it is. Nothing is
 * expanded.
 *
 * @param escapes Whether a backslash is such, and not the one of a path under Windows.
 * @throws {SyntaxError} If a quote is not closed.
 *
 * @example
 * ```ts
 * import { shellWords } from "./shell_words.ts";
 *
 * const words = shellWords(`run "my model" --in={input}`);
 * if (words.join("|") !== "run|my model|--in={input}") throw new Error(words.join("|"));
 * ```
 */
export function shellWords(text: string, escapes = true): string[] {
  const words: string[] = [];
  let word: string | undefined, quote = "";
  for (let n = 0; n < text.length; n++) {
    const letter = text[n]!;
    if (escapes && letter === "\\" && quote !== "'" && n + 1 < text.length) {
      const next = text[++n]!;
      // within double quotes, as in a shell, of these alone
      word = (word ?? "") + (quote === "" || '"\\$`'.includes(next) ? next : letter + next);
    } else if (quote !== "") {
      if (letter === quote) quote = "";
      else word += letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= "";
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + letter;
  }
  if (quote !== "") throw new SyntaxError(`a ${quote} is not closed`);
  if (word !== undefined) words.push(word);
  return words;
}
