/** Hashes by which a volume is known again. */
import type { Volume, Voxels } from "../../../base/volume/volume.ts";

/**
 * SHA-256 (hex) of a volume: its shape as text, its affine as little-endian float64, and its voxels
 * as little-endian numbers of their own type.
 */
export async function fingerprint({ data, shape, affine }: Volume<Voxels>): Promise<string> {
  const head = new TextEncoder().encode(`${data.constructor.name} ${shape.join(" x ")}\n`);
  const parts = [head, bytesOf(Float64Array.from(affine)), bytesOf(data)];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(hash).toHex();
}

function bytesOf(values: Voxels): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
