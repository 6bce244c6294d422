/** What a person gave, as images: NIfTI, or a folder of DICOM; read as the command line reads files. */
import { DicomError } from "../../lib/formats/dicom/dicom_error.ts";
import { isDicom } from "../../lib/formats/dicom/dicom_header.ts";
import { readDicomVolume } from "../../lib/formats/dicom/read_dicom.ts";
import { assertFinite, type NiftiImage } from "../../lib/formats/nifti/nifti_image.ts";
import { parseNifti, parseNiftiFrames } from "../../lib/formats/nifti/parse_nifti.ts";
import { DatasetError } from "../../lib/imaging/data/cases/dataset_error.ts";
import type { RunData } from "../../lib/imaging/data/cases/run_data.ts";
import { checkSameGrid } from "../../lib/imaging/data/cases/same_grid.ts";
import { inflated } from "./inflate.ts";
import type { GivenFile } from "./protocol.ts";

/** Images of one case, one a channel. */
export interface OpenedImages {
  readonly name: string;
  readonly images: readonly [NiftiImage, ...NiftiImage[]];
  /** Whether it is one NIfTI file of one volume, which `artifacts apply` reads alike. */
  readonly oneFile: boolean;
}

/** Bytes of all files at most: a page has a few GiB for everything. */
const MOST_BYTES = 2 ** 31;

/** Names of NIfTI files. */
const NIFTI = /\.nii(\.gz)?$/i;

/**
 * Opens NIfTI files, one a channel or one of all, or DICOM of one series.
 *
 * @throws {DatasetError | NiftiError | DicomError} If they cannot be read, or are not what the networks
 * take; the text names the file.
 */
export async function openImages(
  given: readonly GivenFile[],
  { task, geometry }: Pick<RunData, "task" | "geometry">,
): Promise<OpenedImages> {
  checkSize(given);
  const files = given.filter(({ path }) => !path.split("/").at(-1)!.startsWith("."))
    .toSorted((a, b) => compare(a.path.split("/"), b.path.split("/")));
  const nifti = files.filter(({ path }) => NIFTI.test(path));
  if (nifti.length === 0) return await openDicom(files);
  const wanted = task.channels.length;
  const names = task.channels.map(({ name }) => name).join(", ");
  if (nifti.length > 1 && nifti.length !== wanted) {
    throw new DatasetError(
      `Cannot open ${nifti.length} NIfTI files at once: the networks take ${wanted} (${names})`,
    );
  }
  const [{ path: name }] = nifti as [GivenFile];
  const inOneFile = nifti.length === 1 && wanted > 1;
  const images: NiftiImage[] = [];
  for (const { path, file } of nifti) {
    const plain = await inflated(await bytesOf(file), path);
    images.push(
      ...inOneFile ? framesOf(plain, path, geometry) : [parseNifti(plain, path, { geometry })],
    );
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
    oneFile: wanted === 1 && geometry === "auto",
  };
}

/** The bytes of what was given. */
export async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

function framesOf(bytes: Uint8Array, path: string, geometry: RunData["geometry"]): NiftiImage[] {
  const { volumes, header, warnings } = parseNiftiFrames(bytes, path, { geometry });
  return volumes.map((volume) => ({
    volume,
    header: { ...header, dim: [3, ...volume.shape, 1, 1, 1, 1] },
    warnings,
  }));
}

async function openDicom(files: readonly GivenFile[]): Promise<OpenedImages> {
  const byPath = new Map(files.map((one) => [one.path, one.file]));
  const name = files[0]?.path.split("/").slice(0, -1).join("/") || files[0]?.path || "nothing";
  const source = {
    async *find() {
      for (const [path, file] of byPath) {
        if (path.split("/").at(-1)!.toUpperCase() === "DICOMDIR") continue;
        if (isDicom(await bytesOf(file.slice(0, 132)))) yield path;
      }
    },
    read: (path: string) => bytesOf(byPath.get(path)!),
  };
  try {
    const image = await readDicomVolume(name, { source });
    assertFinite(image.volume, name);
    return { name, images: [image], oneFile: false };
  } catch (error) {
    if (!(error instanceof DicomError) || error.code !== "none") throw error;
    throw new DatasetError(
      `Cannot open ${name}: it is no NIfTI file (.nii, .nii.gz) and holds no image in DICOM`,
      { cause: error },
    );
  }
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
