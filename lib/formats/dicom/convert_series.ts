import { type CinePart, cineParts } from "./cine_parts.ts";
import type { Conversion, Dcm2niix, DicomContent } from "./dcm2niix.ts";
import { DicomError } from "./dicom_error.ts";
import { joinFrames } from "./join_frames.ts";
import { type DicomFile, type FoundSeries, nameSeries } from "./scan_dicom.ts";
import { type DicomSidecar, DicomSidecarError, SIDECAR } from "./sidecar.ts";
import { affineByHeaders, withSform } from "./place_slices.ts";
import { crowdedPlaces, sliceGaps } from "./slice_gaps.ts";
import { NiftiError } from "../nifti/nifti_error.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { parseJson } from "../../base/text/parse_json.ts";
import { cornerDistance } from "../../base/volume/affine.ts";
import { type NiftiFrames, parseNiftiFrames } from "../nifti/parse_nifti.ts";

/** Corners that lie closer, in mm, lie at one place. */
const SAME_PLACE = 1e-2;

/** Gives the bytes of a file. */
type ReadFile = (path: string) => Promise<Uint8Array>;

/** An image of a series, as dcm2niix made it. */
export interface DicomImage extends NiftiFrames {
  /** What tells it from the series' other images, as "_e2" (second echo); empty for most. */
  readonly suffix: string;
  /** The uncompressed NIfTI file. */
  readonly nifti: Uint8Array;
  /** What is known of it; empty where dcm2niix says nothing that can be read. */
  readonly sidecar: DicomSidecar;
}

/** A series and its images, one or more. */
export interface DicomSeries extends FoundSeries {
  /** In the order of dcm2niix's files. */
  readonly images: readonly DicomImage[];
  /** What is odd, in one sentence each, dcm2niix's own warnings among them. */
  readonly warnings: readonly string[];
}

/**
 * Reads the pixels of a series through dcm2niix. A cine is sorted by trigger time; where dcm2niix does
 * not see its times, they are converted one by one and joined.
 *
 * @param place The folder or file it was found in, for messages.
 * @param read Gives the bytes of a file; the disk by default.
 * @throws {DicomError} "convert" if nothing comes of it, and as {@linkcode Dcm2niix.convert}.
 */
export async function convertSeries(
  series: FoundSeries,
  dcm2niix: Dcm2niix,
  place: string,
  read: ReadFile = Deno.readFile,
): Promise<DicomSeries> {
  const convert = (files: readonly DicomFile[]) => convertFiles(files, dcm2niix, name, read);
  const name = `${place}, ${nameSeries(series)}`;
  const said: string[] = [];
  const parts = cineParts(series.files);
  const conversions: Conversion[] = [];
  for (const part of parts ?? []) conversions.push(await convertPart(part, convert, name));
  if (parts === undefined) conversions.push(await convert(series.files));
  if (parts !== undefined && parts.length > 1) {
    const counts = parts.map(({ times }) => `${times[0]!.length} x ${times.length}`);
    said.push(`its slices have different numbers of times (${counts.join(", ")}), an image each`);
  }
  const crowded = parts === undefined ? crowdedPlaces(series.files) : undefined;
  said.push(...[crowded, sliceGaps(series.files)].filter((text) => text !== undefined));
  const images = conversions.flatMap(({ images }, n) =>
    images.map(({ suffix, nifti, sidecar }) => {
      const part = conversions.length === 1 ? "" : `_part${n + 1}`;
      return {
        ...placedImage(nifti, series.files, name, said),
        suffix: `${part}${suffix}`,
        sidecar: parseSidecar(sidecar, said),
      };
    })
  );
  const slices = images.reduce(
    (sum, { volumes }) => sum + volumes.length * volumes[0]!.shape[2],
    0,
  );
  // files of several slices tell no place
  const single = series.files.every(({ position }) => position !== undefined);
  if (single && slices < series.files.length) {
    said.push(`dcm2niix took ${slices} slices of ${series.files.length} files`);
  }
  const lines = conversions.flatMap(({ lines }) => lines.flatMap(warningOf));
  const warnings = [...said, ...lines.map((line) => `dcm2niix: ${line}`)];
  return {
    ...series,
    images,
    warnings: [...new Set(warnings.map((text) => `${name}: ${text}`))],
  };
}

/**
 * A part of a cine: as a whole where dcm2niix sees its times as they are, else time by time. Its first
 * and last time, converted alone, tell: it has been seen to mix times, and to give no slice direction.
 */
async function convertPart(
  { times, inOrder }: CinePart<DicomFile>,
  alone: (files: readonly DicomFile[]) => Promise<Conversion>,
  name: string,
): Promise<Conversion> {
  if (times.length === 1) return await alone(times[0]!);
  const ends = [await alone(times[0]!), await alone(times.at(-1)!)] as const;
  if (inOrder || ends[0].images.length > 1) {
    const whole = await alone(times.flat());
    const seen = ends[0].images.length > 1 || sameTimes(whole, ends, times.length, name);
    if (seen) return whole;
  }
  const frames = [ends[0]];
  for (const files of times.slice(1, -1)) frames.push(await alone(files));
  frames.push(ends[1]);
  const [first, second] = times.map(([file]) => file!.triggerTime!);
  const nifti = joinFrames(frames.map(({ images }) => images[0]!.nifti), second! - first!, name);
  return {
    exitCode: 0,
    lines: [...new Set(frames.flatMap(({ lines }) => lines))],
    images: [{ ...ends[0].images[0]!, nifti }],
  };
}

/** Whether an image has as many times as wanted, the first and last as they are when alone. */
function sameTimes(
  { images }: Conversion,
  ends: readonly [Conversion, Conversion],
  times: number,
  name: string,
): boolean {
  if (images.length > 1) return false;
  const { volumes } = parseImage(images[0]!.nifti, name);
  if (volumes.length !== times) return false;
  return ends.every(({ images: [end] }, n) => {
    const { data, shape, affine } = parseImage(end!.nifti, name).volumes[0]!;
    const volume = volumes.at(-n)!;
    return shape.join() === volume.shape.join() &&
      cornerDistance(affine, volume.affine, shape) < SAME_PLACE &&
      data.every((value, at) => value === volume.data[at]);
  });
}

async function convertFiles(
  files: readonly DicomFile[],
  dcm2niix: Dcm2niix,
  name: string,
  read: ReadFile,
): Promise<Conversion> {
  const contents: DicomContent[] = [];
  for (const { path } of files) contents.push({ path, data: await read(path) });
  const conversion = await dcm2niix.convert(contents, name);
  // resampled to even distances, or to a gantry without a tilt, beside the image as it was taken
  const images = conversion.images.filter(({ suffix }) => !/_(Eq|Tilt)(_\d+)?$/.test(suffix));
  if (images.length === 0) {
    const lines = conversion.lines.slice(1).map(clean).join("; ");
    throw new DicomError(
      "convert",
      `Cannot make NIfTI of ${name}: dcm2niix made no image of it (exit ${conversion.exitCode}: ${lines})`,
    );
  }
  return { ...conversion, images };
}

function parseImage(nifti: Uint8Array, name: string): NiftiFrames {
  try {
    return parseNiftiFrames(nifti, name);
  } catch (cause) {
    if (!(cause instanceof NiftiError)) throw cause;
    throw new DicomError("convert", `Cannot make NIfTI of ${name}: ${cause.message}`, { cause });
  }
}

/** The image, its slices where their files say. */
function placedImage(
  nifti: Uint8Array,
  files: readonly DicomFile[],
  name: string,
  said: string[],
): NiftiFrames & Pick<DicomImage, "nifti"> {
  const image = parseImage(nifti, name), { affine, shape } = image.volumes[0]!;
  const placed = affineByHeaders(files, affine, shape);
  if (placed === undefined) return { ...image, nifti };
  const mm = cornerDistance(affine, placed, shape).toFixed(1);
  said.push(
    `dcm2niix places its corners up to ${mm} mm from where the files say; they are followed`,
  );
  const moved = withSform(nifti, placed);
  return { ...parseImage(moved, name), nifti: moved };
}

function parseSidecar(text: string | undefined, said: string[]): DicomSidecar {
  if (text === undefined) {
    said.push("dcm2niix wrote no sidecar");
    return {};
  }
  try {
    return parseJson(text, SIDECAR, "dcm2niix's sidecar", DicomSidecarError);
  } catch (error) {
    if (!(error instanceof DicomSidecarError)) throw error;
    said.push(`${messageOf(error)}; it is left out`);
    return {};
  }
}

/** A printed line that warns, without its first word; nothing of other lines. */
function warningOf(line: string): string[] {
  const text = clean(line);
  if (/^(warning|error):/i.test(text)) return [text.replace(/^\w+:\s*/, "")];
  return /missing/i.test(text) ? [text] : [];
}

/** Text that is safe to print: control characters become blanks. */
function clean(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f]/g, " ").trim();
}
