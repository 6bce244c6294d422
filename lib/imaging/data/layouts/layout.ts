/** What every data set layout has in common. */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import type { InPlaneOrientation } from "../../../base/volume/orientation.ts";
import type { Task } from "../../../base/task/task.ts";
import type { GeometryChoice } from "../../../formats/nifti/geometry.ts";

/** How to open a data set. */
export interface OpenDatasetOptions {
  /** Which part of NIfTI headers gives the geometry; absent: the layout's own default. */
  readonly geometry?: GeometryChoice;
  /** Whether a case without a label file is an error (the default) or a case to predict. */
  readonly labels?: "required" | "optional";
  /**
   * What is segmented, with the codes of the label files, in place of what the layout would say: a
   * run's settings, or a data set read through a run's task (`translateTask`).
   */
  readonly task?: Task;
  /** For each channel of `task` its place among the data set's; absent: in their order. */
  readonly channels?: readonly number[];
  /** What is segmented where the data set does not say it, as in a list without labels. */
  readonly fallback?: Task;
  /** What to read of a BIDS data set. */
  readonly bids?: BidsOptions | undefined;
  /**
   * Is told what is wrong, a sentence each, in place of an error, as far as cases can be listed all the
   * same. Those whose files are missing are listed, too.
   */
  readonly onProblem?: (problem: string) => void;
}

/** What to read of a BIDS data set; what is absent is told from its files. */
export interface BidsOptions {
  /** The suffix of the images, as "T2w", or one a channel. */
  readonly image?: string | readonly string[] | undefined;
  /** The labels by the ends of their masks' names, as "seg-manual"; a later one wins over an earlier. */
  readonly labels?: readonly { readonly name: string; readonly suffix: string }[] | undefined;
  /** The folder of `derivatives` that holds the labels. */
  readonly derivative?: string | undefined;
  /** The column of participants.tsv, or the key of the images' sidecars, that gives the domain. */
  readonly domain?: string | undefined;
}

/** One way in which data sets lie in files. */
export interface Layout {
  /** Its name, as `--layout` takes it. */
  readonly name: string;
  /** What holds for each of its files, for one that comes alone. */
  readonly reading?: {
    readonly task?: Task;
    readonly geometry?: GeometryChoice;
    readonly turn?: InPlaneOrientation;
  };
  /** What it recognises, for a person whose data set none recognises. */
  readonly looksFor: string;
  /**
   * Whether a place looks like this layout, told from the names of files and folders and from lists,
   * in words for a person, as `dataset.json with channel_names`; undefined where it does not.
   */
  recognise(path: string): Promise<string | undefined>;
  /** Lists the cases without reading voxels; throws DatasetError where files are missing. */
  open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>>;
  /**
   * Where the files of a case go in a data set of this layout, from its folder on. Cases of one data
   * set get places of their own.
   */
  place(source: WritableCase, task: Task): CasePlace;
  /** Writes what makes the files of some cases, written to their places, a data set again. */
  finish(folder: string, written: WrittenDataset): Promise<void>;
}

/** What a layout needs to know of a case to place its files. */
export type WritableCase =
  & Pick<FileCase, "id" | "subject" | "frame" | "domain" | "part">
  & Partial<Pick<FileCase, "imagePaths">>
  & {
    /** Which of several versions of the case it is, from 1; absent: the only one. */
    readonly repeat?: number;
  };

/** The files of a case, relative to the data set's folder, with forward slashes. */
export interface CasePlace {
  /** A file a channel, or one file for all of them. */
  readonly images: readonly [string, ...string[]];
  /** The file of the label map. */
  readonly label: string;
}

/** The files that were written of a case, at its place; it may have no label. */
export type WrittenFiles = Omit<CasePlace, "label"> & Partial<Pick<CasePlace, "label">>;

/** The cases that were written to a folder. */
export interface WrittenDataset {
  /** The data set's name. */
  readonly name: string;
  /** What is segmented, with the codes that were written. */
  readonly task: Task;
  /** Its cases, each with the files that were written. */
  readonly cases: readonly (WritableCase & { readonly files: WrittenFiles })[];
}
