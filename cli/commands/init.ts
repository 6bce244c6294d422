import { shellWord } from "../../lib/base/text/shell_word.ts";
import { LAYOUT_NAMES } from "../../lib/names.ts";
import { Command, Option } from "../deps/commander.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { countVolumes } from "./artifacts/count_volumes.ts";

/** `tandem init`. */
export function initCommand() {
  return new Command("init")
    .description("Write a configuration for a data set, with comments, for train --config.")
    .argument("<data>", "folder of the data set, or a list")
    .addOption(
      new Option("--layout <name>", "how it lies there")
        .choices(["auto", ...LAYOUT_NAMES] as const).default("auto" as const),
    )
    .option("-o, --output <file>", "where to write it (YAML)", "tandem.yaml")
    .option("--overwrite", "replace a file that exists")
    .option("--json", "print JSON")
    .action(async (data, { layout, output, overwrite = false, json = false }) => {
      using _interrupts = endAtInterrupts();
      const tandem = await import("../../mod.ts");
      const onProgress = countVolumes();
      const made = await tandem.initConfig(data, { layout, output, overwrite, onProgress });
      const { path, list, left, inspection: { cases, notices, problems } } = made;
      if (left.length > 0) {
        const files = left.length === 1
          ? "1 file has no partner by its name and is"
          : `${left.length} files have no partner by their names and are`;
        console.error(`${files} left out, as ${left[0]}`);
      }
      if (json) return console.log(JSON.stringify({ path, list, left, notices, problems }));
      if (list !== undefined) {
        console.log(
          `${cases.length} images with labels, told by their names, are listed in ${list}`,
        );
      }
      notices.forEach((notice) => console.log(notice));
      problems.forEach(({ text }) => console.log(`warning: ${text}`));
      const command = `tandem train --config ${shellWord(path)}`;
      console.log(`${path} is written; look it through, then: ${command}`);
    });
}
