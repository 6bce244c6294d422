import { UsageError } from "./exit_code.ts";

/** A path from the home folder: alone, or behind an option or the keys of a setting. */
const HOME = /^(-[a-z]|(?:-{0,2}[\w.-]+=)*)~([^/:]*)(?=\/|:|$)/i;

/**
 * Arguments with `~/` as the home folder. A shell does so only where a word begins with it, so that
 * `--output=~/x` reaches the program as it stands and would make a folder named `~`.
 *
 * @throws {UsageError} If a path begins in the home of another person, or where home is is unknown.
 */
export function withHomePaths(args: readonly string[]): string[] {
  return args.map((arg) => {
    const [head, keys, person] = HOME.exec(arg) ?? [];
    if (head === undefined) return arg;
    const home = homeFolder();
    if (person !== "" || home === undefined) {
      const whose = person === "" ? "which folder is home is unknown" : "wanted ~/ or a whole path";
      throw new UsageError(`Cannot use ${arg}: ${whose}`);
    }
    return `${keys}${home}${arg.slice(head.length)}`;
  });
}

function homeFolder(): string | undefined {
  try {
    return Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE");
  } catch {
    return undefined;
  }
}
