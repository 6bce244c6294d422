import { Command } from "../deps/commander.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";

/** `tandem site`. */
export function siteCommand() {
  return new Command("site")
    .description("Write the page of a run as files for any web server, its networks inside.")
    .argument("<run>", "run folder")
    .requiredOption("-o, --output <dir>", "where to write")
    .option("--overwrite", "replace files that exist")
    .option("--json", "print JSON")
    .action(async (run, { output, overwrite = false, json = false }) => {
      using _interrupts = endAtInterrupts();
      const { writeSite } = await import("../../mod.ts");
      const site = await writeSite(run, { output, overwrite });
      if (json) return console.log(JSON.stringify(site));
      const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
      console.log(
        `${run} -> ${output} (${site.files.length} files of ${megabytes(site.bytes)}, of which ` +
          `weights ${megabytes(site.weightsBytes)})`,
      );
    });
}
