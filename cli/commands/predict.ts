import { LAYOUT_NAMES, NETWORKS } from "../../lib/names.ts";
import { Command, Option } from "../deps/commander.ts";
import { UsageError } from "../exit_code.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { wholeNumber } from "../option_values.ts";

/** `tandem predict`. */
export function predictCommand() {
  return new Command("predict")
    .description("Segment NIfTI volumes, or DICOM, with a trained run, each in its own geometry.")
    .requiredOption("--run <dir>", "run folder")
    .requiredOption("-i, --input <path>", "a volume, a folder of volumes, or of DICOM")
    .requiredOption("-o, --output <path>", "the segmentation, or a folder for them")
    .option("--overwrite", "replace files that exist, those of the input never")
    .addOption(
      new Option(
        "--network <name>",
        "fast-thinking network alone, or refined by the slow one (default: stn where there is one)",
      ).choices(NETWORKS),
    )
    .addOption(new Option("--steps <name>").hideHelp())
    .addOption(
      new Option("--layout <name>", "how the input lies")
        .choices(["auto", ...LAYOUT_NAMES] as const).default("auto" as const),
    )
    .option("--series <number>", "one series of DICOM, by its number or UID")
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .option("--json", "print JSON lines")
    .action(async ({ run, input, output, network, steps, layout, series, threads, ...rest }) => {
      if (steps !== undefined) {
        throw new UsageError(`Cannot use --steps ${steps}: it is called --network by now`);
      }
      const { overwrite = false, json = false } = rest;
      let count = 0;
      using _interrupts = endAtInterrupts(() => `ended; ${count} segmentations are written`);
      const tandem = await import("../../mod.ts");
      const options = {
        input,
        output,
        overwrite,
        ...(network === undefined ? {} : { network }),
        layout,
        ...(series === undefined ? {} : { series }),
        ...(threads === undefined ? {} : { threads }),
        onNotice: (text: string) => console.error(text),
      };
      for await (const written of tandem.predictFiles(run, options)) {
        count++;
        console.log(json ? JSON.stringify(written) : `${written.input} -> ${written.output}`);
      }
    });
}
