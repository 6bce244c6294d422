import { LAYOUT_NAMES } from "../../lib/names.ts";
import { Command, Option } from "../deps/commander.ts";
import { EXIT, ExitError } from "../exit_code.ts";
import { inspectionText } from "../inspection_text.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { wholeNumber } from "../option_values.ts";
import { countVolumes } from "./artifacts/count_volumes.ts";

/** `tandem inspect`. */
export function inspectCommand() {
  return new Command("inspect")
    .description("Tell what a data set holds, what training would make of it, and what is wrong.")
    .argument("<dir>", "folder of a data set, of NIfTI files or of DICOM, or a list")
    .addOption(
      new Option("--layout <name>", "how it lies there")
        .choices(["auto", ...LAYOUT_NAMES] as const).default("auto" as const),
    )
    .option("--sheet <file>", "draw a contact sheet with outlines (PNG)")
    .option("--overwrite", "replace a sheet that is there")
    .option(
      "--threads <n>",
      "threads that training would have (default: all cores)",
      wholeNumber(1, 64),
    )
    .option("--json", "print JSON")
    .addHelpText("after", "\nExit code 3 where training would fail.")
    .action(async (dir, { layout, sheet, overwrite, threads, json = false }) => {
      using _interrupts = endAtInterrupts();
      const tandem = await import("../../mod.ts");
      const inspection = await tandem.inspectFolder(dir, {
        layout,
        ...sheet === undefined ? {} : { sheet },
        ...overwrite && { overwrite },
        ...threads === undefined ? {} : { threads },
        onProgress: countVolumes(),
      });
      console.log(json ? JSON.stringify(inspection) : inspectionText(inspection));
      if (!inspection.trainable) throw new ExitError(EXIT.badData);
    });
}
