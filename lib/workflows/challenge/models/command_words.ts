import { ConfigError } from "../../../base/config/config_error.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { shellWords } from "../../../base/text/shell_words.ts";

/**
 * The words of a command line; see {@linkcode shellWords}. Under Windows backslashes belong to paths.
 *
 * @throws {ConfigError} If a quote is not closed, or there is no word.
 *
 * @example
 * ```ts
 * import { commandWords } from "./command_words.ts";
 *
 * const words = commandWords(`run "my model" --in={input}`);
 * if (words.join("|") !== "run|my model|--in={input}") throw new Error(words.join("|"));
 * ```
 */
export function commandWords(
  text: string,
  os: typeof Deno.build.os = Deno.build.os,
): [program: string, ...args: string[]] {
  let words: string[];
  try {
    words = shellWords(text, os !== "windows");
  } catch (cause) {
    throw new ConfigError("command", `Cannot split the command ${text}: ${messageOf(cause)}`, {
      cause,
    });
  }
  if (words.length === 0 || words[0] === "") {
    throw new ConfigError("command", `Cannot run the command ${JSON.stringify(text)}: it is empty`);
  }
  return words as [string, ...string[]];
}
