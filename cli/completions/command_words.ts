import { ARTIFACT_NAMES, METHOD_NAMES } from "../../lib/names.ts";
import type { CommandUnknownOpts, Option } from "../deps/commander.ts";

/** What may stand behind the words of a command. */
export interface CommandWords {
  /** The words that lead to it, the program's name left out: `study run`. */
  readonly path: string;
  /** The commands below it. */
  readonly commands: readonly NamedWord[];
  readonly options: readonly OptionWords[];
  /** What its first argument may be, where that is chosen from a list. */
  readonly choices: readonly string[];
}

/** A word and what it means, in one line. */
export interface NamedWord {
  readonly name: string;
  readonly meaning: string;
}

/** An option as shells complete it. */
export interface OptionWords {
  /** `-o` and `--output`. */
  readonly flags: readonly string[];
  readonly meaning: string;
  /** Whether a value follows, which it may or must. */
  readonly takesValue: boolean;
  /** What the value may be; empty where it is free, a file's name say. */
  readonly choices: readonly string[];
}

const artifacts = [...new Set(Object.values(ARTIFACT_NAMES).flat())];

/** Names that Commander does not hold as choices, since the commands tell unknown ones themselves. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "train --method": METHOD_NAMES,
  "artifacts apply": artifacts,
  "artifacts show": artifacts,
};

/** Every command of a program, those above before those below. */
export function commandWords(program: CommandUnknownOpts): CommandWords[] {
  return wordsOf(program, [], program.createHelp().visibleOptions(program));
}

/** @param everywhere Options of the program, which may stand behind any command. */
function wordsOf(
  command: CommandUnknownOpts,
  above: readonly string[],
  everywhere: readonly Option[],
): CommandWords[] {
  const help = command.createHelp(), below = command.commands;
  // what stands behind `artifacts` may be an option of `artifacts suite`
  const { _defaultCommandName: otherwise } = command as { _defaultCommandName?: string | null };
  const standIn = below.find((one) => one.name() === otherwise);
  const options = [command, ...standIn ? [standIn] : []].flatMap((one) => help.visibleOptions(one));
  const path = above.join(" ");
  const own: CommandWords = {
    path,
    commands: help.visibleCommands(command).map((one) => ({
      name: one.name(),
      meaning: help.subcommandDescription(one),
    })),
    options: byFlags([...options, ...everywhere]).map((option) => optionWords(path, option)),
    choices: command.registeredArguments[0]?.argChoices ?? NAMES[path] ?? [],
  };
  return [own, ...below.flatMap((one) => wordsOf(one, [...above, one.name()], everywhere))];
}

function byFlags(options: readonly Option[]): Option[] {
  return [...new Map(options.map((option) => [option.flags, option])).values()];
}

function optionWords(path: string, option: Option): OptionWords {
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    meaning: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? NAMES[`${path} ${option.long}`] ?? [],
  };
}
