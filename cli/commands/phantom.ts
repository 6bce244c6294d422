import { MOST_PHANTOM_SUBJECTS, SITE_NAMES } from "../../lib/names.ts";
import { Command, Option } from "../deps/commander.ts";
import { UsageError } from "../exit_code.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { wholeNumber } from "../option_values.ts";

/** `tandem phantom`. */
export function phantomCommand() {
  return new Command("phantom")
    .description("Write synthetic cine hearts as NIfTI, a folder a site, in the layout mnms.")
    .requiredOption("-o, --output <dir>", "where to write")
    .option("--sites <letters>", "which sites, as ABE", "ABCDE")
    .option("--subjects <n>", "subjects a site", wholeNumber(1, MOST_PHANTOM_SUBJECTS), 4)
    .option("--seed <n>", "seed of anatomies and scans", wholeNumber(0), 0)
    .option("--overwrite", "replace an earlier phantom in the folder")
    .addOption(new Option("--json", "print JSON"))
    .action(async ({ output, sites: letters, subjects, seed, overwrite = false, json = false }) => {
      const sites = [...new Set(letters.toUpperCase())].map((letter) => {
        const site = SITE_NAMES.find((name) => name === letter);
        if (site !== undefined) return site;
        throw new UsageError(`Cannot use --sites ${letters}: wanted letters of ABCDE`);
      });
      let written = 0;
      using _interrupts = endAtInterrupts(() => `ended; ${written} subjects are written`);
      const { writePhantom } = await import("../../mod.ts");
      const onSubject = (done: number, total: number) => {
        written = done;
        if (Deno.stderr.isTerminal()) console.error(`${done} of ${total} subjects`);
      };
      const folders = await writePhantom(output, {
        ...{ sites, subjects, seed, overwrite },
        onSubject,
      });
      if (json) console.log(JSON.stringify({ folders, subjects, seed }));
      else for (const folder of folders) console.log(folder);
    });
}
