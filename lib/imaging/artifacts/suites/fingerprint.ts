/** Hashes by which a volume is known again. */
import { createHash } from "node:crypto";
import type { Volume, Voxels } from "../../../base/volume/volume.ts";

/**
 * SHA-256 (hex) of a volume: its shape as text, its affine as little-endian float64, and its voxels
 * as little-endian numbers of their own type.
 */
export function fingerprint({ data, shape, affine }: Volume<Voxels>): string {
  return createHash("sha256")
    .update(`${data.constructor.name} ${shape.join(" x ")}\n`)
    .update(bytesOf(Float64Array.from(affine)))
    .update(bytesOf(data))
    .digest("hex");
}

function bytesOf(values: Voxels): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
