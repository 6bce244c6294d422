/** What documents tell to type, held to the command line as Commander knows it. */
import { Command, type CommanderError, type CommandUnknownOpts } from "../../cli/deps/commander.ts";
import { findSettings } from "../../lib/base/config/describe_settings.ts";
import { ROOT } from "./documents.ts";

/** What makes each command of `cli/commands`. */
async function readFactories(): Promise<(() => CommandUnknownOpts)[]> {
  const factories: (() => CommandUnknownOpts)[] = [];
  for await (const { name, isFile } of Deno.readDir(new URL("cli/commands/", ROOT))) {
    if (!isFile) continue;
    const module = await import(new URL(`cli/commands/${name}`, ROOT).href);
    const made = Object.entries(module).find(([key]) => key.endsWith("Command"));
    if (made) factories.push(made[1] as () => CommandUnknownOpts);
  }
  return factories;
}
const FACTORIES = await readFactories();

/** A program with every command, which ends nothing and prints nothing. */
function program(): CommandUnknownOpts {
  const all = new Command("tandem").option("--debug").version("0") as CommandUnknownOpts;
  for (const make of FACTORIES) all.addCommand(make());
  const quieten = (command: CommandUnknownOpts) => {
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
    command.commands.forEach(quieten);
  };
  quieten(all);
  return all;
}

/** Whether it is only that the text leaves a value open, as `--seed N`, or asks for the version. */
function isPlaceholder({ code, message }: CommanderError): boolean {
  return ["commander.optionMissingArgument", "commander.version"].includes(code) ||
    /argument '[A-Z\u2026\]]+' is invalid/.test(message);
}

/** What the command line would find wrong with these words; undefined where nothing. */
export function wrongWith(words: readonly string[]): string | undefined {
  let command = program(), rest = [...words];
  const known: CommandUnknownOpts[] = [command];
  while (command.commands.length > 0) {
    const next = command.commands.find((one) => one.name() === rest[0]);
    if (!next) break;
    [command, rest] = [next, rest.slice(1)];
    known.push(command);
  }
  if (known.length === 1 && rest.length > 0 && !rest[0]!.startsWith("-")) {
    return `no command ${rest[0]}`;
  }
  try {
    const { unknown } = command.parseOptions(rest);
    const strange = unknown.filter((word) => word.startsWith("-")).filter((word) =>
      !["-h", "--help", "--debug", "--version"].includes(word) &&
      !known.some((one) => one.options.some(({ long, short }) => [long, short].includes(word)))
    );
    if (strange.length > 0) return `no option ${strange.join(", ")}`;
  } catch (error) {
    if (!isPlaceholder(error as CommanderError)) return (error as Error).message;
  }
  for (const [i, word] of rest.entries()) {
    const key = rest[i - 1] === "--set" ? /^([\w.]+)=/.exec(word)?.[1] : undefined;
    if (key === undefined) continue;
    try {
      findSettings(key);
    } catch {
      return `no setting ${key}`;
    }
  }
  return undefined;
}

/** What a shell line says to Tandem, whichever way it is called; undefined where it does not. */
export function toTandem(words: readonly string[]): string[] | undefined {
  const at = words.findIndex((word) => word === "tandem" || word.endsWith("cli/main.ts"));
  const task = words[0] === "deno" && words[1] === "task" && words[2] === "fast";
  if (task) return words.slice(3);
  const called = at === 0 || (at > 0 && words.slice(0, at).includes("run"));
  return called ? words.slice(at + 1) : undefined;
}
