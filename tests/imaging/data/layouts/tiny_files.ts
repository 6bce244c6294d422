/** Small files of data sets for the tests of the layouts. */
import { writeNifti } from "../../../../lib/formats/nifti/write_nifti.ts";
import { imageOf } from "../../../../lib/formats/nifti/nifti_image.ts";
import { scalingAffine } from "../../../../lib/base/volume/affine.ts";
import type {
  CaseSource,
  Dataset,
  FileCase,
} from "../../../../lib/imaging/data/cases/case_source.ts";
import { dirname } from "../../../../lib/base/deps/std.ts";
import { encodeHeader } from "../../../../lib/formats/nifti/encode_header.ts";

const SHAPE = [4, 3, 2] as const;

/** Writes 4 x 3 x 2 voxels that begin with the given values, the others 0. */
export async function writeVoxels(path: string, ...values: number[]): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const data = new Float32Array(24);
  data.set(values);
  const volume = { data, shape: SHAPE, affine: scalingAffine([1, 1, 2]) };
  await writeNifti(path, imageOf(volume));
}

/** Writes frames of such voxels along the fourth axis, uncompressed whatever the ending. */
export async function writeFrames(path: string, ...firsts: number[]): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const frames = firsts.map((value) => Float32Array.from({ length: 24 }, () => value));
  const { header } = imageOf({ data: frames[0]!, shape: SHAPE, affine: scalingAffine([1, 1, 2]) });
  const head = encodeHeader({ ...header, dim: [4, ...SHAPE, firsts.length, 1, 1, 1] }, path);
  const body = frames.flatMap((frame) => [...new Uint8Array(frame.buffer)]);
  await Deno.writeFile(path, Uint8Array.from([...head, ...body]));
}

/** Writes text, or a value as JSON. */
export async function writeText(path: string, content: unknown): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, typeof content === "string" ? content : JSON.stringify(content));
}

/** The first voxels of a case's label, as classes. */
export async function firstClasses(source: CaseSource, count: number): Promise<number[]> {
  return [...(await source.load()).label!.data.slice(0, count)];
}

/** The first voxel of each channel. */
export async function firstVoxels(source: CaseSource): Promise<number[]> {
  return (await source.load()).images.map(({ volume }) => volume.data[0]!);
}

/** What names the cases of a data set. */
export function namesOf({ cases }: Dataset<FileCase>): string[] {
  return cases.map(({ id, subject, frame, domain }) => `${id} ${subject} ${frame} ${domain}`);
}
