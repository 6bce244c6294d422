import type { CommandWords, NamedWord } from "./command_words.ts";

/** What a `case` of a shell tells where one of some patterns fits. */
export interface CaseBranch {
  readonly patterns: readonly string[];
  readonly words: readonly NamedWord[];
}

/** The three questions that a script for bash or zsh asks, answered by `case`. */
export interface CaseBranches {
  /** What may stand behind the words of a command, by these. */
  readonly words: readonly CaseBranch[];
  /** Its options, likewise. */
  readonly options: readonly CaseBranch[];
  /** What the value of an option may be, by `words:--option`; empty where it is free. */
  readonly values: readonly CaseBranch[];
  /** The words of all commands below the program itself. */
  readonly below: readonly string[];
}

/** Answers for commands; those that nothing may follow have no branch. */
export function caseBranches(commands: readonly CommandWords[]): CaseBranches {
  const byPath = (wordsOf: (command: CommandWords) => readonly NamedWord[]) =>
    commands.map((command) => ({ patterns: [command.path], words: wordsOf(command) }))
      .filter(({ words }) => words.length > 0);
  return {
    words: byPath(({ commands, choices }) => [...commands, ...choices.map(plain)]),
    options: byPath(({ options }) =>
      options.flatMap(({ flags, meaning }) => flags.map((name) => ({ name, meaning })))
    ),
    values: commands.flatMap(({ path, options }) =>
      options.filter(({ takesValue }) => takesValue).map(({ flags, choices }) => ({
        patterns: flags.map((flag) => `${path}:${flag}`),
        words: choices.map(plain),
      }))
    ),
    below: commands.map(({ path }) => path).filter((path) => path !== ""),
  };
}

const plain = (name: string): NamedWord => ({ name, meaning: "" });

/** Branches as lines within a `case`. */
export function caseLines(
  branches: readonly CaseBranch[],
  lineOf: (branch: CaseBranch) => string,
): string {
  return branches.map((branch) => `    ${lineOf(branch)}`).join("\n");
}
