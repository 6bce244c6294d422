/** Images: NIfTI as it is, in gzip, and gzip that is itself spoilt. */
import { gunzipSync, gzipSync } from "node:zlib";
import { readGrid } from "../../../lib/formats/nifti/read_grid.ts";
import { readNifti, readNiftiFrames } from "../../../lib/formats/nifti/read_nifti.ts";
import type { HeaderField } from "../mutator.ts";
import type { FuzzTarget } from "../target.ts";
import { SMALL_FILES } from "./small_volumes.ts";

/** The numbers of NIfTI-1 and -2 headers that say where and how many voxels there are. */
const FIELDS: readonly HeaderField[] = [
  { at: 0, type: "int32" },
  ...[...[40, 42, 44, 46, 48, 50], ...[68, 70, 72, 252, 254]].map((at) => ({
    at,
    type: "int16" as const,
  })),
  ...[...[76, 80, 84, 88, 108, 112, 116], ...[256, 260, 264, 268, 280, 284, 296, 300, 316, 320]]
    .map((at) => ({ at, type: "float32" as const })),
  { at: 123, type: "uint8" },
  ...[16, 24, 32, 40, 48, 56, 168].map((at) => ({ at, type: "int64" as const })),
  ...[104, 112, 120, 128, 176, 184, 352, 400, 440].map((at) => ({ at, type: "float64" as const })),
  ...[12, 14].map((at) => ({ at, type: "int16" as const })),
];

/** One volume, all volumes, and the grid, by several choices of geometry. */
const READERS: FuzzTarget["readers"] = [
  (path) => readNifti(path),
  (path) => readNiftiFrames(path, { geometry: "pixdim" }),
  (path) => readGrid(path, { frames: "any" }),
  (path) => readGrid(path, { geometry: "qform" }),
];

/** Bytes of memory of all readings: voxels of one byte may become those of eight, twice where scaled. */
const ofPlain = (length: number) => READERS.length * 20 * length;

/** The same of what a stream holds; where it is cut short or damaged, what is inflated to find out. */
function ofStream(bytes: Uint8Array): number {
  let plain = 2 ** 18;
  try {
    plain += gunzipSync(bytes, { maxOutputLength: 2 ** 24 }).length;
  } catch {
    // As much as may be made of one piece of it.
  }
  return ofPlain(plain);
}

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "nifti",
    ...{ kind: "bytes", file: "image.nii", seeds: SMALL_FILES, fields: FIELDS, share: 4 },
    readers: READERS,
    honest: ({ length }) => ofPlain(length),
  },
  {
    name: "nifti-gz",
    ...{ kind: "bytes", file: "image.nii.gz", seeds: SMALL_FILES, fields: FIELDS, share: 3 },
    dress: (spoilt) => new Uint8Array(gzipSync(spoilt, { level: 1 })),
    readers: READERS,
    honest: ofStream,
  },
  {
    name: "gzip",
    ...{ kind: "bytes", file: "image.nii.gz", share: 3 },
    seeds: [
      ...SMALL_FILES.map((bytes, n) => new Uint8Array(gzipSync(bytes, { level: n % 10 }))),
      new Uint8Array(gzipSync(new Uint8Array(2 ** 16))),
    ],
    readers: READERS,
    honest: ofStream,
  },
];
