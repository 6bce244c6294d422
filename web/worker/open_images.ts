/** What a person gave, as images: NIfTI, or a folder of DICOM; read as the command line reads files. */
import { assertFinite, type NiftiImage } from "../../lib/formats/nifti/nifti_image.ts";
import { parseNiftiFrames } from "../../lib/formats/nifti/parse_nifti.ts";
import { DatasetError } from "../../lib/imaging/data/cases/dataset_error.ts";
import type { RunData } from "../../lib/imaging/data/cases/run_data.ts";
import { checkSameGrid } from "../../lib/imaging/data/cases/same_grid.ts";
import { inflated } from "./inflate.ts";
import { openDicom } from "./open_dicom.ts";
import { bytesOf, chosenOf, framesOf, type OpenedImages } from "./opened_images.ts";
import type { ChosenParts, GivenFile, ScanParts } from "./protocol.ts";

/** Bytes of all files at most: a page has a few GiB for everything. */
const MOST_BYTES = 2 ** 31;

/** Names of NIfTI files. */
const NIFTI = /\.nii(\.gz)?$/i;

/**
 * Opens NIfTI files, one a channel or one of all, or DICOM. Of several series, and of several times, it
 * opens one.
 *
 * @throws {DatasetError | NiftiError | DicomError} If they cannot be read, or are not what the networks
 * take; the text names the file.
 */
export async function openImages(
  given: readonly GivenFile[],
  { task, geometry }: Pick<RunData, "task" | "geometry">,
  chosen: ChosenParts = {},
): Promise<OpenedImages> {
  checkSize(given);
  const files = given.filter(({ path }) => !path.split("/").at(-1)!.startsWith("."))
    .toSorted((a, b) => compare(a.path.split("/"), b.path.split("/")));
  const nifti = files.filter(({ path }) => NIFTI.test(path));
  if (nifti.length === 0) return await openDicom(files, chosen);
  const wanted = task.channels.length;
  const names = task.channels.map(({ name }) => name).join(", ");
  if (nifti.length > 1 && nifti.length !== wanted) {
    throw new DatasetError(
      `Cannot open ${nifti.length} NIfTI files at once: the networks take ${wanted} (${names})`,
    );
  }
  const [{ path: name }] = nifti as [GivenFile];
  const images: NiftiImage[] = [];
  let parts: ScanParts = {};
  for (const { path, file } of nifti) {
    const plain = await inflated(await bytesOf(file), path);
    const frames = framesOf(parseNiftiFrames(plain, path, { geometry }));
    if (wanted === 1 && frames.length > 1) {
      const frame = chosenOf(frames.length, chosen.frame);
      parts = { frames: { count: frames.length, chosen: frame } };
      images.push(frames[frame]!);
    } else images.push(...frames);
  }
  if (images.length !== wanted) {
    throw new DatasetError(
      `Cannot open ${name}: it has ${images.length} channels, wanted ${wanted}: ${names}`,
    );
  }
  images.forEach(({ volume }, n) => {
    const path = nifti[n]?.path ?? name;
    assertFinite(volume, path);
    checkSameGrid(images[0]!.volume, volume, name, path);
  });
  return {
    name,
    images: images as [NiftiImage, ...NiftiImage[]],
    oneFile: wanted === 1 && geometry === "auto" && parts.frames === undefined,
    parts,
  };
}

function checkSize(files: readonly GivenFile[]): void {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length > 0 && bytes > 0 && bytes <= MOST_BYTES) return;
  const name = files[0]?.path ?? "nothing";
  throw new DatasetError(
    bytes === 0
      ? `Cannot open ${name}: it holds no bytes`
      : `Cannot open ${name}: ${bytes} bytes are too many for a page, wanted at most ${MOST_BYTES}`,
  );
}

/** Folder by folder, as a walk through sorted folders meets them. */
function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, n) => part !== b[n]);
  if (at < 0) return a.length - b.length;
  return b[at] === undefined || a[at]! > b[at]! ? 1 : -1;
}
