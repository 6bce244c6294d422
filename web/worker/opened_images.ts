import type { NiftiImage } from "../../lib/formats/nifti/nifti_image.ts";
import type { NiftiFrames } from "../../lib/formats/nifti/parse_nifti.ts";
import type { ScanParts } from "./protocol.ts";

/** Images of one case, one a channel. */
export interface OpenedImages {
  readonly name: string;
  readonly images: readonly [NiftiImage, ...NiftiImage[]];
  /** Whether it is one NIfTI file of one volume, which `artifacts apply` reads alike. */
  readonly oneFile: boolean;
  /** What else could be opened of what was given. */
  readonly parts: ScanParts;
}

/** The bytes of what was given. */
export async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

/** Each volume of several as an image of its own. */
export function framesOf({ volumes, header, warnings }: NiftiFrames): NiftiImage[] {
  if (volumes.length === 1) return [{ volume: volumes[0]!, header, warnings }];
  return volumes.map((volume) => ({
    volume,
    header: { ...header, dim: [3, ...volume.shape, 1, 1, 1, 1] },
    warnings,
  }));
}

/** A place among several; the first one where there is none of that number. */
export function chosenOf(count: number, wanted: number | undefined): number {
  return wanted !== undefined && wanted >= 0 && wanted < count ? wanted : 0;
}
