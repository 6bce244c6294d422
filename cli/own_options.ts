import type { CommandUnknownOpts } from "./deps/commander.ts";
import { UsageError } from "./exit_code.ts";

/**
 * The options of a command below one that has options too: what both know Commander gives to the upper
 * one, wherever it stands.
 *
 * @throws {UsageError} If one was given that the lower command does not know.
 */
export function ownOptions<T extends object>(options: T, command: CommandUnknownOpts): T {
  const { parent } = command, own = command.options.map((option) => option.attributeName());
  const given = Object.entries(parent?.opts() ?? {})
    .filter(([key]) => parent!.getOptionValueSource(key) === "cli");
  const other = given.find(([key]) => !own.includes(key));
  if (other === undefined) return { ...options, ...Object.fromEntries(given) };
  const flag = parent!.options.find((option) => option.attributeName() === other[0])!.long;
  throw new UsageError(`Cannot use ${flag} with ${parent!.name()} ${command.name()}`);
}
