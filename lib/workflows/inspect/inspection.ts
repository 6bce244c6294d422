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
  readonly shape: readonly [number, number, number];
  /** mm along i, j and k. */
  readonly spacing: readonly [number, number, number];
  /** Where its axes point, as `RAS`. */
  readonly orientation: string;
  /** The axis along which slices are stacked, and the patient's axis along it. */
  readonly sliceAxis: SliceAxis;
  readonly sliceDirection: SliceDirection;
}

/** What a case is like; what could not be read is left out. */
export interface InspectedCase {
  readonly id: string;
  readonly subject: string;
  readonly frame: string;
  readonly domain: string;
  /** A file a channel, or one for all. */
  readonly images: readonly string[];
  readonly labels: readonly string[];
  readonly grid?: InspectedGrid;
  /** A range a channel. */
  readonly intensities: readonly IntensityRange[];
  /** The volume of each label but background in ml, by name; 0 where it is absent. */
  readonly volumes?: Readonly<Record<string, number>>;
}

/** What `auto` would choose, and what a step of training would ask for. */
export interface TrainingOutlook {
  readonly preparation: Preparation;
  /** Times that the networks would halve a slice. */
  readonly levels: number;
  readonly fingerprint: Fingerprint;
  readonly estimate: TrainingEstimate;
}

/** By arithmetic from pixels and width, not measured. */
export interface TrainingEstimate {
  /** Slices of a step. */
  readonly batchSize: number;
  readonly steps: number;
  readonly threads: number;
  readonly secondsPerStep: number;
  /** Bytes that the networks take in a step, and those that all prepared cases take. */
  readonly bytes: { readonly step: number; readonly cases: number };
}

/** What a folder holds. */
export interface Inspection {
  /** Version of this form. */
  readonly version: 1;
  readonly path: string;
  /** The layout's name, or `files` or `dicom` where it is no data set. */
  readonly layout: string;
  readonly name: string;
  /** What is segmented; absent where nothing says it. */
  readonly task?: Task;
  readonly cases: readonly InspectedCase[];
  /** What was recognised and passed over, a sentence each. */
  readonly notices: readonly string[];
  readonly problems: readonly Problem[];
  /** Absent where no labelled case can be read. */
  readonly training?: TrainingOutlook;
  /** Whether `train` would begin with it. */
  readonly trainable: boolean;
}
