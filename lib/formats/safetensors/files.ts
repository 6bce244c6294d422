import { writeAtomically } from "../files/write_atomically.ts";
import { decodeSafetensors } from "./decode.ts";
import { encodeSafetensors } from "./encode.ts";
import { SafetensorsError } from "./safetensors_error.ts";
import type { SafetensorsContent, TensorRecord } from "./tensor_record.ts";

/**
 * Reads a safetensors file.
 *
 * @throws {SafetensorsError} If the file cannot be opened, or is damaged.
 */
export async function readSafetensors(path: string): Promise<SafetensorsContent> {
  let bytes;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new SafetensorsError(`Cannot open ${path}: ${detail}`, { cause });
  }
  return decodeSafetensors(bytes, path);
}

/**
 * Writes a safetensors file atomically: a write that fails leaves the file that was there.
 *
 * @throws {SafetensorsError} As {@linkcode encodeSafetensors}.
 * @throws {WriteError} If the disk refuses.
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, TensorRecord>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await writeAtomically(path, encodeSafetensors(tensors, metadata));
}
