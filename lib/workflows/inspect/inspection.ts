/** What an inspection finds; all of it is plain JSON. */
import type { Task } from "../../base/task/task.ts";
import type { SliceAxis, SliceDirection } from "../../base/volume/slice_axis.ts";
import type { IntensityRange } from "../../base/volume/intensity_range.ts";
import type { Fingerprint } from "../../imaging/data/preparation/fingerprint.ts";
import type { Preparation } from "../../imaging/data/preparation/prepare_case.ts";

/** Something that is wrong, or odd. */
export interface Problem {
  /** Whether training would fail by it, or only a person should know. */
  readonly severity: "error" | "warning";
  /** The case that has it; absent: the data set. */
  readonly case?: string;
  /** The file, or the files, that have it. */
  readonly files: readonly string[];
  /** What is wrong, with what was found and what is wanted. */
  readonly text: string;
  /** What to do about it. */
  readonly advice: string;
}

/** Where an image lies and how it is stacked. */
export interface InspectedGrid {
  /** Voxels along i, j and k. */
  readonly shape: readonly [number, number, number];
  /** mm along i, j and k. */
  readonly spacing: readonly [number, number, number];
  /** Where its axes point, as `RAS`. */
  readonly orientation: string;
  /** The axis along which slices are stacked. */
  readonly sliceAxis: SliceAxis;
  /** The patient's axis along the slices' stack. */
  readonly sliceDirection: SliceDirection;
}

/** What a case is like; what could not be read is left out. */
export interface InspectedCase {
  /** Unique within the data set. */
  readonly id: string;
  /** Whose case it is; all of a subject's stay on one side of a division. */
  readonly subject: string;
  /** Which of the subject's images it is, as `ED` or `1`; empty where nothing says it. */
  readonly frame: string;
  /**
   * Where it comes from, as a site, a vendor, a data set, or DICOM's modality; empty where nothing says
   * it.
   */
  readonly domain: string;
  /** A file a channel, or one for all. */
  readonly images: readonly string[];
  /** Label files: one, or a mask a label; empty where there is none. */
  readonly labels: readonly string[];
  /** The first image's grid; absent where it cannot be read. */
  readonly grid?: InspectedGrid;
  /** A range a channel. */
  readonly intensities: readonly IntensityRange[];
  /** The volume of each label but background in ml, by name; 0 where it is absent. */
  readonly volumes?: Readonly<Record<string, number>>;
}

/** What `auto` would choose, and what a step of training would ask for. */
export interface TrainingOutlook {
  /** How slices would be prepared. */
  readonly preparation: Preparation;
  /** Times that the networks would halve a slice. */
  readonly levels: number;
  /** What of the training volumes that was chosen from. */
  readonly fingerprint: Fingerprint;
  /** What a training on it would ask of this machine. */
  readonly estimate: TrainingEstimate;
}

/** By arithmetic from pixels and width, not measured. */
export interface TrainingEstimate {
  /** Slices of a step. */
  readonly batchSize: number;
  /** Steps of the whole training. */
  readonly steps: number;
  /** Threads that the time is estimated for. */
  readonly threads: number;
  /** Seconds of one step. */
  readonly secondsPerStep: number;
  /** Bytes that the networks take in a step, and those that all prepared cases take. */
  readonly bytes: { readonly step: number; readonly cases: number };
}

/** What a folder holds. */
export interface Inspection {
  /** Version of this form. */
  readonly version: 1;
  /** The folder, list or file that was looked at, as it was given. */
  readonly path: string;
  /** The layout's name, or `files` or `dicom` where it is no data set. */
  readonly layout: string;
  /** The data set's name, or that of its folder. */
  readonly name: string;
  /** What is segmented; absent where nothing says it. */
  readonly task?: Task;
  /** Every case, in the data set's order. */
  readonly cases: readonly InspectedCase[];
  /** What was recognised and passed over, a sentence each. */
  readonly notices: readonly string[];
  /** What is wrong or odd with files, cases or the whole. */
  readonly problems: readonly Problem[];
  /** Absent where no labelled case can be read. */
  readonly training?: TrainingOutlook;
  /** Whether `train` would begin with it. */
  readonly trainable: boolean;
}
