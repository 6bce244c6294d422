import { Command } from "../deps/commander.ts";
import { UsageError } from "../exit_code.ts";
import { numberOfDays } from "../option_values.ts";

/** `tandem cache`. */
export function cacheCommand() {
  return new Command("cache")
    .description("Tell what the cache of prepared volumes holds, or clear it.")
    .option("--cache <dir>", "its folder (default: where the system keeps caches)")
    .option("--clear", "remove what it holds; runs prepare it again")
    .option(
      "--older-than <days>",
      "with --clear: only what was last used so many days ago",
      numberOfDays,
    )
    .option("--json", "print JSON")
    .action(async ({ cache, clear = false, olderThan, json = false }) => {
      if (olderThan !== undefined && !clear) {
        throw new UsageError("Cannot use --older-than without --clear");
      }
      const tandem = await import("../../mod.ts");
      const dir = cache ?? tandem.cachePlace();
      if (dir === undefined) {
        throw new UsageError(
          "Cannot find the cache: the system names no folder; name it by --cache",
        );
      }
      const { entries, bytes } = clear
        ? await tandem.clearCache(dir, olderThan === undefined ? {} : { olderThan })
        : await tandem.readCacheContents(dir);
      if (json) return console.log(JSON.stringify({ dir, cleared: clear, entries, bytes }));
      const held = `${entries} prepared volumes, ${(bytes / 1e6).toFixed(1)} MB`;
      console.log(clear ? `removed ${held}: ${dir}` : `${held}: ${dir}`);
    });
}
