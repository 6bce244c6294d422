import type { Volume, Voxels } from "../../base/volume/volume.ts";

/**
 * SHA-256 (hex) of a volume's shape and voxels, whatever its header says else: the same scan under two
 * names has the same one, also where one was compressed anew.
 */
export async function voxelHash({ data, shape }: Volume<Voxels>): Promise<string> {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const voxels = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource));
  const head = new TextEncoder().encode(`${data.constructor.name} ${shape.join(" x ")}\n`);
  const hash = await crypto.subtle.digest("SHA-256", Uint8Array.from([...head, ...voxels]));
  return new Uint8Array(hash).toHex();
}
