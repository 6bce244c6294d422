import { writeAtomically } from "../files/write_atomically.ts";
import { CHECKSUM_KEY, checksumOf } from "./checksum.ts";
import { decodeSafetensors, type SafetensorsOptions } from "./decode.ts";
import { encodeSafetensors } from "./encode.ts";
import { SafetensorsError } from "./safetensors_error.ts";
import type { SafetensorsContent, TensorRecord } from "./tensor_record.ts";

/**
 * Reads a safetensors file. Where it has a checksum, as those of {@linkcode writeSafetensors}, what it
 * says is held to it; the checksum is no part of the metadata given.
 *
 * @throws {SafetensorsError} If the file cannot be opened, is damaged, or does not fit its checksum.
 */
export async function readSafetensors(
  path: string,
  options: SafetensorsOptions = {},
): Promise<SafetensorsContent> {
  let bytes;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new SafetensorsError(`Cannot open ${path}: ${detail}`, { cause });
  }
  const { tensors, metadata } = decodeSafetensors(bytes, path, options);
  const { [CHECKSUM_KEY]: checksum, ...others } = metadata;
  if (checksum !== undefined && checksum !== await checksumOf({ tensors, metadata })) {
    throw new SafetensorsError(
      `Cannot use ${path}: its content is not what its checksum (${CHECKSUM_KEY}) tells of: it is ` +
        "damaged, or was changed by a program that left the checksum as it was",
    );
  }
  return { tensors, metadata: others };
}

/**
 * Writes a safetensors file atomically: a write that fails leaves the file that was there. Its metadata
 * gets a checksum of all that it says, as `tandem_sha256`.
 *
 * @throws {SafetensorsError} As {@linkcode encodeSafetensors}.
 * @throws {WriteError} If the disk refuses.
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, TensorRecord>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const checksum = await checksumOf({ tensors, metadata });
  const told = { ...metadata, [CHECKSUM_KEY]: checksum };
  await writeAtomically(path, encodeSafetensors(tensors, told));
}
