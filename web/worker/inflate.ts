import { isGzip } from "../../lib/formats/nifti/gunzip.ts";
import { NiftiError } from "../../lib/formats/nifti/nifti_error.ts";
import { promisedLength } from "../../lib/formats/nifti/parse_nifti.ts";

/**
 * A NIfTI file without its gzip, which a browser's own stream undoes and checks; no more is inflated than
 * the header promises, but for what a piece holds.
 *
 * @throws {NiftiError} If the header makes no sense, or the stream is cut short or corrupt.
 */
export async function inflated(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!isGzip(bytes)) return bytes;
  const most = promisedLength(bytes, name);
  const plain = room(most, name);
  let filled = 0;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    for (const reader = stream.getReader();;) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, most - filled);
      plain.set(part, filled);
      filled += part.length;
      if (part.length < value.length) {
        await reader.cancel();
        break;
      }
    }
  } catch (cause) {
    throw new NiftiError(
      "gzip",
      `Cannot open ${name}: its gzip stream is truncated or corrupt (${(cause as Error).message})`,
      { cause },
    );
  }
  return plain.subarray(0, filled);
}

function room(bytes: number, name: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw new NiftiError(
      "memory",
      `Cannot open ${name}: its ${bytes} bytes are more than this page gets of memory`,
      { cause },
    );
  }
}
