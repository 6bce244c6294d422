import { dtypeOf, type TensorRecord } from "./tensor_record.ts";

/** Tensors and texts by name. */
interface ChecksummedContent {
  readonly tensors: ReadonlyMap<string, TensorRecord>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The key of the metadata under which a file keeps the checksum of all else that it says. */
export const CHECKSUM_KEY = "tandem_sha256";

/**
 * The checksum of tensors and metadata: SHA-256, in hexadecimal digits, of their names, types, shapes
 * and texts and of the SHA-256 of each tensor's bytes. The order of tensors, and how a file lays them
 * out, change nothing; a checksum among the metadata is passed over.
 */
export async function checksumOf({ tensors, metadata }: ChecksummedContent): Promise<string> {
  const sorted = [...tensors].sort(([a], [b]) => a < b ? -1 : 1);
  const hashes = await Promise.all(
    sorted.map(([, { data }]) =>
      sha256(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength))
    ),
  );
  const said = [
    sorted.map(([name, { shape, data }], n) => [name, dtypeOf(data), shape, hashes[n]!]),
    Object.entries(metadata).filter(([key]) => key !== CHECKSUM_KEY)
      .sort(([a], [b]) => a < b ? -1 : 1),
  ];
  return await sha256(new TextEncoder().encode(JSON.stringify(said)));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
