/** Segmentations of NIfTI files and DICOM by trained runs, each in the geometry of its image. */
import type { Network, PredictionFormat, TestTime } from "../../names.ts";
import { dirname, relative } from "../../base/deps/std.ts";
import { ConfigError } from "../../base/config/config_error.ts";
import type { Task } from "../../base/task/task.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { WriteError } from "../../formats/files/write_atomically.ts";
import { NiftiError } from "../../formats/nifti/nifti_error.ts";
import { type Cleaning, cleanLabels } from "../../imaging/components/clean_labels.ts";
import type { Connectivity } from "../../imaging/components/connected_components.ts";
import { segmentPrepared } from "../../learning/prediction/segment_prepared.ts";
import { classesOf } from "../../learning/prediction/segment_volume.ts";
import type { Uncertainty } from "../../learning/prediction/uncertainty.ts";
import { Pace } from "../../learning/training/pace.ts";
import { findInputs, type InputPlace } from "./find_inputs.ts";
import { addFlagRow, checkFlagTable, type FlagRow, raisedFlags } from "./flag_rows.ts";
import type { LoadRunOptions } from "./load_run.ts";
import { MAPS, type PredictionPlaces, type ProbabilityStorage } from "./prediction_files.ts";
import { ioBeside, ioHere, type ReadImage } from "./prediction_io.ts";
import {
  checkTestTime,
  chooseNetwork,
  loadRuns,
  openRuns,
  type RunToUse,
  type SavedPostprocessing,
  savedPostprocessing,
} from "./prediction_models.ts";
import { oneAhead } from "./one_ahead.ts";
import { planOutputs, type PredictionJob } from "./prediction_outputs.ts";

/** What to segment and where to write. */
export interface PredictOptions extends LoadRunOptions, InputPlace {
  /** A path for the segmentation of a file, or a folder. */
  readonly output: string;
  /** Replace files that exist; never those of the input. */
  readonly overwrite?: boolean;
  /** Pass over images whose files are all there, so that a batch that was ended goes on. */
  readonly skipExisting?: boolean;
  /**
   * The fast-thinking network alone, or refined by the slow-thinking one: the default, where the run
   * has one.
   */
  readonly network?: Network;
  /**
   * Slices are seen flipped or turned too, and probabilities averaged; "none" by default, and the only
   * one for runs that were trained without flips and turns.
   */
  readonly testTime?: TestTime;
  /** Write class probabilities, and how they are stored; absent: they are not written. */
  readonly probabilities?: ProbabilityStorage;
  /** What segmentations are written as: NIfTI, by default, or DICOM beside the series they are of. */
  readonly format?: PredictionFormat;
  /** The DICOM that the one image came from, which is none itself. */
  readonly source?: string;
  /** Write how sure the networks are, as maps, and as a row of `flags.csv` in the output's folder. */
  readonly uncertainty?: boolean;
  /** Labels of which only the largest connected piece stays, in the place of what is saved. */
  readonly keepLargest?: readonly string[] | "all";
  /** Connected pieces that are smaller, in ml, become background. */
  readonly minVolume?: number;
  /** How voxels of a piece touch; 26 by default. */
  readonly connectivity?: Connectivity;
  /** Whether what `postprocessRun` has saved is applied; it is by default. */
  readonly postprocess?: boolean;
  /** Aborted, ends the batch with its reason; what is written stays. */
  readonly signal?: AbortSignal;
  /** Hears how far it is. */
  readonly onProgress?: (progress: PredictProgress) => void;
}

/** How far a batch is. */
export interface PredictProgress {
  /** Images that are done, the one under way as a fraction. */
  readonly done: number;
  /** Images of the batch. */
  readonly total: number;
  /** `Infinity` where it cannot be told yet. */
  readonly secondsLeft: number;
}

/** A segmentation that was written. */
export interface Prediction {
  /** The image: its file, or its first channel's, or the folder of a DICOM series. */
  readonly input: string;
  /** The segmentation's file. */
  readonly output: string;
  /** What else was written of it. */
  readonly maps?: Omit<PredictionPlaces, "labels">;
  /** How unsure the networks are of the volume, where that was asked for. */
  readonly flags?: Uncertainty["flags"] & {
    /** Which of these is more than the runs' validations had of good volumes. */
    readonly raised: readonly ("entropy" | "disagreement")[];
  };
}

/** Files of a batch that could not be segmented; the others are written. */
export class BatchError extends Error {
  /** Its class by name. */
  override readonly name = "BatchError";

  /**
   * Names each file and why in its message.
   *
   * @param failures The files that could not be segmented.
   * @param total Images of the batch.
   */
  constructor(readonly failures: readonly FailedPrediction[], total: number) {
    const list = failures.map(({ input, message }) => `${input} (${message})`).join("; ");
    super(`Cannot segment ${failures.length} of ${total} images: ${list}`);
  }
}

/** A file that could not be segmented. */
export interface FailedPrediction {
  /** The image: its file, or its first channel's, or the folder of a DICOM series. */
  readonly input: string;
  /** Why, for a person. */
  readonly message: string;
}

/**
 * Segments images and writes them as NIfTI with the input's shape and geometry, in the narrowest whole
 * numbers that hold the codes; DICOM as `NAME.nii.gz`, by the name of its folder. Or all as DICOM
 * segmentations, `NAME.dcm`, that refer to the images they are of. In a folder each file keeps its place
 * and name; labels (`_gt`), hidden files and what lies in the output folder are passed over. A file that
 * cannot be used ends no batch: the others are written, and it is told at the end.
 * Of several images the next is read and the last one written while one is segmented.
 *
 * @param dir A run, or several of one task: each prepares an image as it was trained, and their
 * probabilities are averaged in the image's grid.
 * @returns Each segmentation once it is written.
 * @throws {OutputPathError} Before anything is written: if an output would replace an image or label
 * of the input, exists without `overwrite`, lies outside `output`, or has a name that is none of
 * NIfTI's; all of them in one message.
 * @throws {BatchError} At the end, if some of several files could not be segmented.
 * @throws {DatasetError | NiftiError | DicomError} If the only input cannot be read, or an output not be written.
 * @throws {ConfigError} If `network` asks for a network that a run has not trained, `testTime` for slices
 * that its training did not show, or `keepLargest` for a label that it does not know.
 * @throws {TaskMismatchError} If runs have different tasks.
 * @throws {RunFolderError | CheckpointError | SafetensorsError} As {@linkcode loadRun}.
 */
export async function* predictFiles(
  dir: string | readonly string[],
  options: PredictOptions,
): AsyncGenerator<Prediction> {
  const { onNotice = () => {}, probabilities, uncertainty = false, signal } = options;
  const runs = await openRuns(typeof dir === "string" ? [dir] : dir);
  const [{ data }] = runs as [RunToUse];
  checkTestTime(options.testTime ?? "none", runs);
  const given = givenCleaning(options, data.task);
  const inputs = await findInputs(options, data);
  inputs.notices.forEach((line) => onNotice(line));
  const maps = MAPS.filter((map) =>
    map === "probabilities"
      ? probabilities !== undefined
      : uncertainty && (map === "entropy" || runs.every(({ dual }) => dual))
  );
  const { jobs, existing, unmapped } = await planOutputs(inputs, { ...options, maps });
  if (existing > 0) onNotice(`passed over ${existing} images whose segmentations are there`);
  if (unmapped > 0) {
    onNotice(
      `${unmapped} of them are without maps that are asked for: made with their segmentations alone, ` +
        "by overwriting these",
    );
  }
  if (jobs.length === 0) return;
  const folder = flagFolder(jobs, options.output);
  if (uncertainty) await checkFlagTable(folder);
  const loaded = await loadRuns(runs, options);
  using io = jobs.length > 1
    ? ioBeside(placeOf(options), runs.map((run) => run.data))
    : ioHere(inputs.cases, runs.map((run) => run.data));
  const failures: FailedPrediction[] = [];
  try {
    const network = chooseNetwork(runs, loaded, options.network, onNotice);
    const saved = await savedPostprocessing(runs, loaded, network, onNotice);
    const cleaning = { ...savedCleaning(saved, options, data.task), ...given };
    if (uncertainty && saved === undefined) {
      onNotice(
        "no thresholds of a validation are saved, so that no volume is flagged (tandem postprocess RUN)",
      );
    }
    const pace = new Pace(0), total = jobs.length;
    let started = 0;
    const tell = (done: number) =>
      options.onProgress?.({ done, total, secondsLeft: pace.secondsLeft(done, total) });
    const segment = async ({ source }: PredictionJob, image: ReadImage) => {
      const before = jobs.findIndex((job) => job.source === source);
      started = before + 1;
      for (const warning of image[0]!.reference.image.warnings) onNotice(warning);
      const members = loaded.map(({ segmenter }, n) => ({ segmenter, prepared: image[n]! }));
      const segmented = await segmentPrepared(members, data.task, {
        ...{ network, uncertainty, probabilities: probabilities !== undefined },
        ...options.testTime && { testTime: options.testTime },
        ...signal && { signal },
        onProgress: (done) => tell(before + done),
      });
      const { reference: { image: { header, warnings, volume: { shape, affine } } } } = image[0]!;
      return {
        ...segmented,
        image: { header, warnings, volume: { shape, affine } },
        labels: cleanLabels(segmented.labels, cleaning).data,
      };
    };
    const write = async (
      { source, places, series }: PredictionJob,
      { image, labels, uncertainty: found, ...made }: Awaited<ReturnType<typeof segment>>,
    ): Promise<Prediction> => {
      const row = found && flagRow(relative(folder, places.labels), found.flags, saved);
      // Before the segmentation, which tells that all is there.
      if (row) await addFlagRow(folder, row);
      await io.write(places, {
        ...{ image, labels, task: inputs.task, storage: probabilities ?? "float32" },
        ...series && { series },
        ...made.probabilities && { probabilities: made.probabilities.map((map) => map.data) },
        ...found && { entropy: found.entropy.data },
        ...found?.disagreement && { disagreement: found.disagreement.data },
      });
      const { labels: output, ...more } = places;
      return {
        ...{ input: source.imagePaths[0], output },
        ...Object.keys(more).length > 0 && { maps: more },
        ...row && { flags: { ...found!.flags, raised: raisedFlags(row) } },
      };
    };
    const steps = { read: ({ source }: PredictionJob) => io.read(source.id), work: segment, write };
    yield* oneAhead(jobs, steps, ({ source: { imagePaths: [input] } }, error) => {
      if (total === 1 || signal?.aborted || endsBatch(error)) throw error;
      failures.push({ input, message: messageOf(error) });
      onNotice(`passed over ${input}: ${messageOf(error)}`);
      tell(started);
    });
    tell(total);
  } finally {
    loaded.forEach(({ segmenter }) => segmenter.dispose());
  }
  if (failures.length > 0) throw new BatchError(failures, jobs.length);
}

/** Whether an error says nothing of the file at hand: the disk refuses, or the backend is gone. */
function endsBatch(error: unknown): boolean {
  return error instanceof WriteError || error instanceof WebAssembly.RuntimeError ||
    (error instanceof NiftiError && error.code === "write");
}

/** What a worker needs to find the images again. */
function placeOf({ input, output, layout, series }: PredictOptions): InputPlace {
  return { input, output, ...layout && { layout }, ...series !== undefined && { series } };
}

/** Where `flags.csv` is: the folder of segmentations, or of the one. */
function flagFolder([first]: readonly PredictionJob[], output: string): string {
  return first!.places.labels === output ? dirname(output) : output;
}

function flagRow(
  output: string,
  { entropy, disagreement }: Uncertainty["flags"],
  saved: SavedPostprocessing | undefined,
): FlagRow {
  const { flags } = saved ?? {};
  return {
    ...{ output, entropy, entropyThreshold: flags?.entropy.threshold ?? null },
    ...{
      disagreement: disagreement ?? null,
      disagreementThreshold: flags?.disagreement?.threshold ?? null,
    },
  };
}

/**
 * What the caller wants to be left out of segmentations.
 *
 * @throws {ConfigError} If a label has no such name, or a number is out of range.
 */
function givenCleaning(
  { keepLargest, minVolume, connectivity }: PredictOptions,
  task: Task,
): Cleaning {
  if (minVolume !== undefined && !(minVolume >= 0 && Number.isFinite(minVolume))) {
    throw new ConfigError(
      "minVolume",
      `Cannot leave out small pieces: minVolume is ${minVolume} ml, wanted 0 or more`,
    );
  }
  try {
    return {
      ...keepLargest !== undefined && { keepLargest: classesOf(keepLargest, task) },
      ...minVolume !== undefined && { minVolume },
      ...connectivity !== undefined && { connectivity },
    };
  } catch (cause) {
    throw new ConfigError("keepLargest", `Cannot keep the largest piece: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/** What the runs' validations chose, told, unless the caller says otherwise. */
function savedCleaning(
  saved: SavedPostprocessing | undefined,
  { postprocess = true, keepLargest, onNotice }: PredictOptions,
  task: Task,
): Cleaning {
  if (saved === undefined || !postprocess || keepLargest !== undefined) return {};
  if (saved.keepLargest.length === 0) return {};
  onNotice?.(
    `of ${saved.keepLargest.join(", ")} the largest piece alone is kept, as validation chose ` +
      "(--postprocess none keeps all)",
  );
  const { connectivity } = saved;
  return { keepLargest: classesOf(saved.keepLargest, task), connectivity };
}
