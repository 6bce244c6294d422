/** What a case's voxels are, told in a few words: by which it is known again, and what is in it. */
import { z } from "../../../base/deps/zod.ts";
import { IGNORED } from "../../../base/task/task.ts";
import type { Volume, Voxels } from "../../../base/volume/volume.ts";
import type { LoadedCase } from "../cases/case_source.ts";

/** The schema of a {@linkcode CaseContent}. */
export const caseContentSchema = z.strictObject({
  image: z.string(),
  label: z.string().exactOptional(),
  classes: z.array(z.int()).readonly().exactOptional(),
  cutAway: z.number().exactOptional(),
});

/** What is known of the voxels of a case. */
export interface CaseContent {
  /** {@linkcode imageContent}. */
  readonly image: string;
  /** The same of its label's classes; absent without one. */
  readonly label?: string;
  /** Classes that its label holds, ascending, background and `IGNORED` left out; absent without one. */
  readonly classes?: readonly number[];
  /** Share (0-1) of its foreground that lies outside what the network sees; absent likewise. */
  readonly cutAway?: number;
}

/**
 * SHA-256 (32 hex digits of it) of the images of a case: shapes, and voxels after scaling as float32.
 * Compression, datatype, header and name change nothing; other axes or another order of voxels do.
 */
export function imageContent({ images }: Pick<LoadedCase, "images">): Promise<string> {
  return volumesContent(images.map(({ volume }) => volume));
}

/** The hash that {@linkcode imageContent} gives, of any volumes. */
export async function volumesContent(
  volumes: readonly Pick<Volume<Voxels>, "data" | "shape">[],
): Promise<string> {
  const parts = volumes.flatMap(({ data, shape }) => [
    new TextEncoder().encode(shape.join(" x ") + "\n"),
    bytesOf(data),
  ]);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(hash).toHex().slice(0, 32);
}

function bytesOf(data: Voxels): Uint8Array {
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** The classes in a label map, ascending, without background and what nobody labelled. */
export function classesOf({ data }: Pick<Volume<Uint8Array>, "data">): number[] {
  const found = new Uint8Array(256);
  for (let n = 0; n < data.length; n++) found[data[n]!] = 1;
  return [...found.keys()].filter((value) => value > 0 && value !== IGNORED && found[value] === 1);
}

/** Share (0-1) of the foreground of `whole` that `kept`, a crop of it, lacks; 0 where there is none. */
export function shareCutAway(whole: Uint8Array, kept: Uint8Array): number {
  const all = foreground(whole);
  return all === 0 ? 0 : 1 - foreground(kept) / all;
}

function foreground(classes: Uint8Array): number {
  let count = 0;
  for (let n = 0; n < classes.length; n++) if (classes[n]! > 0 && classes[n] !== IGNORED) count++;
  return count;
}
