import { LAYOUT_NAMES, NETWORKS, PREDICTION_FORMATS, TEST_TIMES } from "../../lib/names.ts";
import type { PredictProgress } from "../../mod.ts";
import { createBar } from "../deps/cli_progress.ts";
import { Command, Option } from "../deps/commander.ts";
import { duration } from "../duration.ts";
import { deviceOption } from "../device_option.ts";
import { EXIT, ExitError, UsageError } from "../exit_code.ts";
import { listenForInterrupts } from "../listen_for_interrupts.ts";
import { collect, positiveNumber, wholeNumber } from "../option_values.ts";

/** `tandem predict`. */
export function predictCommand() {
  return new Command("predict")
    .description("Segment NIfTI volumes, or DICOM, with trained runs, each in its own geometry.")
    .option("--run <dir>", "run folder; several are averaged, each named by one --run", collect, [])
    .option("--study <dir>", "the runs of a study's method, averaged")
    .option("--method <name>", "the method of --study (default: its only one)")
    .requiredOption("-i, --input <path>", "a volume, a folder of volumes, or of DICOM")
    .requiredOption("-o, --output <path>", "the segmentation, or a folder for them")
    .option("--overwrite", "replace files that exist, those of the input never")
    .option("--skip-existing", "pass over what is segmented already: a long batch goes on")
    .addOption(
      new Option(
        "--network <name>",
        "fast-thinking network alone, or refined by the slow one (default: stn where there is one)",
      ).choices(NETWORKS),
    )
    .addOption(new Option("--steps <name>").hideHelp())
    .addOption(
      new Option(
        "--tta <name>",
        "slices flipped or turned, too, where the training showed such; averaged",
      )
        .choices(TEST_TIMES).default("none" as const),
    )
    .addOption(
      new Option(
        "--probabilities [kind]",
        "class probabilities too, as NAME_probabilities.nii.gz",
      ).choices(["float32", "uint16"] as const).preset("float32"),
    )
    .option("--uncertainty", "maps of entropy and disagreement, too, and flags.csv")
    .option("--keep-largest <labels>", "keep the largest piece alone of these labels, or of all")
    .option("--min-volume <ml>", "leave out pieces that are smaller", positiveNumber)
    .addOption(
      new Option("--connectivity <n>", "how voxels of a piece touch (default: 26)")
        .choices(["6", "18", "26"] as const),
    )
    .addOption(
      new Option("--postprocess <which>", "what tandem postprocess saved, or nothing of it")
        .choices(["saved", "none"] as const).default("saved" as const),
    )
    .addOption(
      new Option("--layout <name>", "how the input lies")
        .choices(["auto", ...LAYOUT_NAMES] as const).default("auto" as const),
    )
    .addOption(
      new Option("--format <name>", "what segmentations are written as")
        .choices(PREDICTION_FORMATS).default("nifti" as const),
    )
    .option("--source <dir>", "the DICOM that the one image came from, for dicom-seg")
    .option("--series <number>", "one series of DICOM, by its number or UID")
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .addOption(deviceOption())
    .option("--json", "print JSON lines")
    .action(async ({ run, study, method, steps, ...given }) => {
      if (steps !== undefined) {
        throw new UsageError(`Cannot use --steps ${steps}: it is called --network by now`);
      }
      if ((run.length === 0) === (study === undefined)) {
        throw new UsageError("Cannot predict: wanted --run (once or several times), or --study");
      }
      if (method !== undefined && study === undefined) {
        throw new UsageError("Cannot use --method without --study");
      }
      const { input, output, overwrite = false, json = false, skipExisting = false } = given;
      const { network, tta, probabilities, uncertainty = false, minVolume, connectivity } = given;
      const { keepLargest, postprocess, layout, format, source, series, threads, device } = given;
      if (overwrite && skipExisting) {
        throw new UsageError("Cannot use --overwrite and --skip-existing together");
      }
      const tandem = await import("../../mod.ts");
      const progress = showProgress(json), stop = new AbortController();
      const note = (text: string) => {
        progress.pause();
        console.error(text);
      };
      const runs = study === undefined
        ? run
        : await tandem.studyRuns(study, { ...method !== undefined && { method }, onNotice: note });
      const options = {
        ...{ input, output, overwrite, skipExisting, testTime: tta, uncertainty, layout, format },
        ...network !== undefined && { network },
        ...probabilities !== undefined &&
          { probabilities: probabilities as "float32" | "uint16" },
        ...keepLargest !== undefined && { keepLargest: labelsOf(keepLargest) },
        ...minVolume !== undefined && { minVolume },
        ...connectivity !== undefined && { connectivity: Number(connectivity) as 6 | 18 | 26 },
        postprocess: postprocess === "saved",
        ...source !== undefined && { source },
        ...series !== undefined && { series },
        ...threads !== undefined && { threads },
        ...device !== undefined && { device },
        signal: stop.signal,
        onNotice: note,
        onProgress: progress.show,
      };
      let count = 0;
      const silence = listenForInterrupts(stop, () => "ending");
      try {
        for await (const written of tandem.predictFiles(runs, options)) {
          count++;
          progress.pause();
          console.log(json ? JSON.stringify(written) : lineOf(written));
        }
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        progress.pause();
        console.error(`ended; ${count} segmentations are written`);
        throw new ExitError(EXIT.interrupted);
      } finally {
        silence();
        progress.pause();
      }
    });
}

/** Names that commas separate. */
function labelsOf(text: string): string[] | "all" {
  if (text === "all") return "all";
  const names = text.split(",").map((name) => name.trim()).filter((name) => name !== "");
  if (names.length === 0) {
    throw new UsageError(
      `Cannot use --keep-largest "${text}": wanted names of labels, or all; --postprocess none ` +
        "keeps all pieces",
    );
  }
  return names;
}

function lineOf(
  { input, output, flags }: {
    readonly input: string;
    readonly output: string;
    readonly flags?: { readonly raised: readonly string[] };
  },
): string {
  const raised = flags?.raised ?? [];
  return `${input} -> ${output}${raised.length > 0 ? ` (look at it: ${raised.join(", ")})` : ""}`;
}

/** Shows how far a batch is: a bar on a terminal, nothing elsewhere. */
function showProgress(json: boolean) {
  const shown = !json && Deno.stderr.isTerminal();
  const bar = createBar({ format: "{bar} {images} | {left} left", barsize: 20, linewrap: false });
  let running = false;
  return {
    show({ done, total, secondsLeft }: PredictProgress) {
      if (!shown || total < 2) return;
      const images = `${Math.floor(done)}/${total} images`;
      const payload = { images, left: duration(secondsLeft) };
      if (running) bar.update(done, payload);
      else bar.start(total, done, payload);
      running = true;
    },
    /** What is printed would otherwise end up in the middle of the bar. */
    pause() {
      if (running) bar.stop();
      running = false;
    },
  };
}
