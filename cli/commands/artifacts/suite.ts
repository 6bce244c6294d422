import { shellWord } from "../../../lib/base/text/shell_word.ts";
import { LAYOUT_NAMES, SUITE_NAMES } from "../../../lib/names.ts";
import type { Severity, WrittenSuite } from "../../../mod.ts";
import { Command, Option } from "../../deps/commander.ts";
import { UsageError } from "../../exit_code.ts";
import { listenForInterrupts } from "../../listen_for_interrupts.ts";
import { severity, wholeNumber } from "../../option_values.ts";
import { suiteTable } from "../../suite_table.ts";
import { countVolumes } from "./count_volumes.ts";

/** `tandem artifacts suite`. */
export function suiteCommand() {
  return new Command("suite")
    .description(
      "Make whole test sets from a data set; by default the four of Chen et al. 2021 from the " +
        "test subjects of the phantom's site A.",
    )
    .option("-i, --input <dir>", "folder of the data set (default: phantom hearts)")
    .addOption(
      new Option("--layout <name>", "how it lies there (default: recognised)").choices(
        LAYOUT_NAMES,
      ),
    )
    .option("-o, --output <dir>", "where to write; must be empty", "out/artifacts")
    .addOption(
      new Option("--suite <name>", "which suite").choices(SUITE_NAMES)
        .default("chen2021" as const),
    )
    .addOption(
      new Option("--write-layout <name>", "layout of the sets (default: that of the input)")
        .choices(LAYOUT_NAMES),
    )
    .option("--clean", "also write the clean volumes, as a set of their own")
    .option("--severity <1-5>", "one severity only (default: all five)", severity)
    .option(
      "--repeats <n>",
      "volumes a case and set (default: the suite's own)",
      wholeNumber(1, 1000),
    )
    .option("--seed <n>", "seed of all draws", wholeNumber(0), 0)
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .option("--overwrite", "replace what an earlier suite left in the folder")
    .option("--json", "print JSON")
    .action(async ({ input, layout, output, suite, severity, repeats, seed, ...rest }) => {
      if (input === undefined && layout !== undefined) {
        throw new UsageError(
          "Cannot make a suite: --layout says how --input lies there, which is not given",
        );
      }
      const { threads, overwrite = false, json = false, writeLayout, clean = false } = rest;
      const stop = new AbortController();
      listenForInterrupts(stop, () => "ending; the output folder stays as it was");
      const tandem = await import("../../../mod.ts");
      const written = await tandem.writeSuite({
        ...input !== undefined && {
          origin: tandem.datasetOrigin(
            input,
            layout ?? (await tandem.recogniseLayout(input)).layout,
          ),
        },
        output,
        suite,
        seed,
        overwrite,
        clean,
        ...writeLayout === undefined ? {} : { layout: writeLayout },
        ...severity === undefined ? {} : { severity: severity as Severity },
        ...repeats === undefined ? {} : { repeats },
        ...threads === undefined ? {} : { threads },
        onProgress: countVolumes(),
        stop: stop.signal,
        onNotice: (text) => console.error(text),
      });
      console.log(json ? JSON.stringify(summaryOf(written)) : textOf(written));
    });
}

function summaryOf({ manifest, ...paths }: WrittenSuite) {
  const { suite, seed, repeats, volumes } = manifest;
  return { suite, seed, repeats, volumes: countImages(volumes), ...paths };
}

/** Images that were made; each channel has a record of its own. */
function countImages(records: WrittenSuite["manifest"]["volumes"]): number {
  return records.filter(({ channel }) => channel === undefined).length;
}

function textOf({ manifest, folder, page, contactSheet, manifestPath }: WrittenSuite): string {
  return `${suiteTable(manifest)}
${countImages(manifest.volumes)} volumes in ${folder}, a data set a folder
look at them:  ${page}
at one glance: ${contactSheet}
make again:    tandem artifacts replay ${shellWord(manifestPath)}`;
}
