import type { LabelCodes } from "./label_codes.ts";
import type { NiftiImage } from "../../../formats/nifti/nifti_image.ts";
import type { InPlaneOrientation } from "../../../base/volume/orientation.ts";
import type { Volume } from "../../../base/volume/volume.ts";

/** One frame of one subject, whether from files or made on the fly. */
export interface CaseSource {
  /** Unique within a data set. */
  readonly id: string;
  /** Cases of one subject stay on one side of a division into training and test. */
  readonly subject: string;
  /** Phase of the heart cycle: "ED", "ES", or a name of the source's own. */
  readonly frame: string;
  /** Where the case comes from (site, vendor, data set), for results by domain. */
  readonly domain: string;
  /** How to turn slices to the canonical form; absent: as the image's affine says. */
  readonly orientation?: InPlaneOrientation;
  /** What can be told without its voxels; throws as `load` does where that much is damaged. */
  outline(): Promise<CaseOutline>;
  /** Reads or makes the case. Label values are 0 background, 1 LV, 2 MYO, 3 RV. */
  load(): Promise<LoadedCase>;
}

/** What is known of a case before its voxels are read or made. */
export interface CaseOutline {
  /** Number of slices. */
  readonly slices: number;
  /** What is odd about its image, as the image's own `warnings`. */
  readonly warnings: readonly string[];
}

/** The voxels of a case; label and image have the same shape and lie in the same place. */
export interface LoadedCase {
  readonly image: NiftiImage;
  readonly label?: Volume<Uint8Array>;
}

/** A case that lies in files. */
export interface FileCase extends CaseSource {
  readonly imagePath: string;
  readonly labelPath?: string;
}

/** The cases of one place, and the codes that predictions for it are written in. */
export interface Dataset<C extends CaseSource = CaseSource> {
  readonly name: string;
  /** Name of the layout that read it. */
  readonly layout: string;
  readonly labelCodes: LabelCodes;
  readonly cases: readonly C[];
}
