import type { DicomConversion } from "../../mod.ts";
import { Command } from "../deps/commander.ts";
import { EXIT, ExitError } from "../exit_code.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";

/** `tandem convert`. */
export function convertCommand() {
  return new Command("convert")
    .description("Convert DICOM to NIfTI, a file for each image of each series (dcm2niix).")
    .argument("<dicom>", "a folder of DICOM, searched to its depth, or a file")
    .requiredOption("-o, --output <dir>", "a folder for the NIfTI files and their JSON sidecars")
    .option("--series <number>", "one series, by its number or UID (default: all)")
    .option("--overwrite", "replace files that exist")
    .option("--json", "print JSON lines")
    .action(async (input, { output, series, overwrite = false, json = false }) => {
      let count = 0;
      using _interrupts = endAtInterrupts(() => `ended; ${count} images are written`);
      const { convertDicom } = await import("../../mod.ts");
      const options = { input, output, overwrite, ...series === undefined ? {} : { series } };
      let failed = false;
      for await (const event of convertDicom(options)) {
        failed ||= event.kind === "failed";
        if (event.kind === "written") count++;
        if (json) console.log(JSON.stringify(event));
        else tell(event);
      }
      if (failed) throw new ExitError(EXIT.badData);
    });
}

function tell(event: DicomConversion): void {
  if (event.kind === "failed") return console.error(`failed: ${event.message}`);
  for (const warning of event.warnings) console.error(`warning: ${warning}`);
  if (event.kind === "found") return console.log(`found ${event.series.join("; ")}`);
  const { series, image, shape, volumes } = event;
  const sizes = volumes === 1 ? shape : [...shape, volumes];
  console.log(`${series} -> ${image} (${sizes.join(" x ")})`);
}
