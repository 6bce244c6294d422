import type { NiftiImage } from "../../../formats/nifti/nifti_image.ts";
import type { GeometryChoice } from "../../../formats/nifti/geometry.ts";
import type { Task } from "../../../base/task/task.ts";
import type { CaseFiles } from "./case_files.ts";
import type { InPlaneOrientation } from "../../../base/volume/orientation.ts";
import type { Volume } from "../../../base/volume/volume.ts";

/** One frame of one subject, whether from files or made on the fly. */
export interface CaseSource {
  /** Unique within a data set. */
  readonly id: string;
  /** Cases of one subject stay on one side of a division into training and test. */
  readonly subject: string;
  /** Which of the subject's images it is, as "ED", "ses-1" or "1". */
  readonly frame: string;
  /** Where the case comes from (site, vendor, data set), for results by domain. */
  readonly domain: string;
  /** Which part of a divided data set it belongs to; absent: it is not divided. */
  readonly part?: "train" | "test";
  /** How to turn slices to the canonical form; absent: as the image's affine says. */
  readonly orientation?: InPlaneOrientation;
  /** What can be told without its voxels; throws as `load` does where that much is damaged. */
  outline(): Promise<CaseOutline>;
  /** Reads or makes the case. Label values are the classes of the task, or `IGNORED`. */
  readonly load: LoadCase;
}

/** Reads or makes a case. */
export interface LoadCase {
  (): Promise<LoadedCase>;
  /**
   * The files that alone decide what it gives, where that is so. They belong to the function, so that
   * a case with another one, as with an artifact put in, has none.
   */
  readonly files?: CaseFiles;
}

/** What is known of a case before its voxels are read or made. */
export interface CaseOutline extends Pick<Volume, "shape" | "affine"> {
  /** What is odd about its images, as an image's own `warnings`. */
  readonly warnings: readonly string[];
}

/** The voxels of a case; label and images have the same shape and lie in the same place. */
export interface LoadedCase {
  /** One a channel, in the order of the task's channels; the first gives the geometry. */
  readonly images: readonly [NiftiImage, ...NiftiImage[]];
  /** Classes of the task, or `IGNORED`; absent where the case has no label. */
  readonly label?: Volume<Uint8Array>;
}

/** A case that lies in files. */
export interface FileCase extends CaseSource {
  /** A file a channel, or one file whose fourth axis holds the channels. */
  readonly imagePaths: readonly [string, ...string[]];
  /** The file of the label map; absent where there is none. */
  readonly labelPath?: string;
  /** In place of a label file: a mask a label, the later winning where they overlap. */
  readonly labelMasks?: readonly LabelMask[];
}

/** A file whose voxels above 0.5 are of one label. */
export interface LabelMask {
  /** Where the mask lies. */
  readonly path: string;
  /** The label's code in the data set's task. */
  readonly code: number;
}

/** The cases of one place, and what is segmented there. */
export interface Dataset<C extends CaseSource = CaseSource> {
  /** As the data set names itself, or its folder. */
  readonly name: string;
  /** Name of the layout that read it. */
  readonly layout: string;
  /** With the codes that its label files use. */
  readonly task: Task;
  /** What of NIfTI headers says where voxels lie; absent: as usual. */
  readonly geometry?: GeometryChoice;
  /** Its cases, no voxel of which is read yet. */
  readonly cases: readonly C[];
  /** What a person should know of it, a sentence each: what was passed over, and why. */
  readonly notices: readonly string[];
}
