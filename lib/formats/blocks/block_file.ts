/**
 * Blocks of bytes behind a text that describes them, each with a checksum, so that any of them can be
 * read alone. For files that can be made again: a write does not wait until the disk has it, since
 * what a crash leaves is told by the checksums.
 *
 * Bytes: `TANDEMB1`; the head's length and its CRC-32, 4 bytes each, little endian; the head, JSON;
 * the blocks, one after another.
 */
import { z } from "../../base/deps/zod.ts";
import { zlib } from "../../base/deps/zlib.ts";
import { parseJson } from "../../base/text/parse_json.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import { BlockError } from "./block_error.ts";

const MAGIC = new TextEncoder().encode("TANDEMB1");

/** Bytes before the head. */
const PRELUDE = MAGIC.length + 8;

const headSchema = z.strictObject({
  text: z.string(),
  /** Bytes and CRC-32 of each. */
  blocks: z.array(z.tuple([z.int().min(0), z.int().min(0)])),
});

/** Blocks and what is said of them, in a file or in memory. */
export interface Blocks {
  readonly text: string;
  readonly count: number;
  /** The bytes of a block. */
  size(index: number): number;
  /**
   * A copy of a block, or the block itself, at the start of a buffer.
   *
   * @throws {BlockError} If it is damaged.
   */
  read(index: number): Uint8Array<ArrayBuffer>;
}

/**
 * Writes a file of blocks. Several may write the same one at once: whoever is last has it.
 *
 * @throws {WriteError} If the disk refuses.
 */
export async function writeBlocks(
  path: string,
  text: string,
  blocks: readonly Uint8Array[],
): Promise<void> {
  const { crc32 } = zlib();
  const head = new TextEncoder().encode(JSON.stringify(
    {
      text,
      blocks: blocks.map((block) => [block.length, crc32(block)]),
    } satisfies z.infer<typeof headSchema>,
  ));
  const prelude = new Uint8Array(PRELUDE);
  prelude.set(MAGIC);
  const view = new DataView(prelude.buffer);
  view.setUint32(MAGIC.length, head.length, true);
  view.setUint32(MAGIC.length + 4, crc32(head), true);
  await writeAtomically(path, [prelude, head, ...blocks], { shared: true });
}

/**
 * Opens a file of blocks: reads and checks its head, and its length. Blocks are checked when they are
 * read.
 *
 * @throws {BlockError} If it is damaged, or none.
 * @throws {Deno.errors.NotFound} If there is no such file, and other errors of the file system.
 */
export function openBlocks(path: string): Blocks {
  const { crc32 } = zlib();
  const fail = (detail: string): never => {
    throw new BlockError(`Cannot open ${path}: ${detail}`);
  };
  using file = Deno.openSync(path);
  const prelude = readAt(file, 0, PRELUDE);
  if (prelude === undefined || MAGIC.some((byte, n) => prelude[n] !== byte)) {
    return fail("it does not begin as a file of blocks");
  }
  const view = new DataView(prelude.buffer);
  const { size } = file.statSync(), length = view.getUint32(MAGIC.length, true);
  const head = length > size ? undefined : readAt(file, PRELUDE, length);
  if (head === undefined || crc32(head) !== view.getUint32(MAGIC.length + 4, true)) {
    return fail("its head is damaged");
  }
  const { text, blocks } = parseJson(new TextDecoder().decode(head), headSchema, path, BlockError);
  const offsets: number[] = [];
  let end = PRELUDE + length;
  for (const [bytes] of blocks) {
    offsets.push(end);
    end += bytes;
  }
  if (size !== end) fail(`it has ${size} bytes, wanted ${end}`);
  return {
    text,
    count: blocks.length,
    size: (index) => blocks[index]![0],
    read(index) {
      // Opened anew each time: a system lends few open files.
      using file = Deno.openSync(path);
      const [bytes, crc] = blocks[index]!;
      const block = readAt(file, offsets[index]!, bytes);
      if (block === undefined || crc32(block) !== crc) return fail(`block ${index} is damaged`);
      return block;
    },
  };
}

/** Some bytes of a file; undefined where it has fewer. */
function readAt(
  file: Deno.FsFile,
  offset: number,
  length: number,
): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(length);
  file.seekSync(offset, Deno.SeekMode.Start);
  for (let filled = 0; filled < length;) {
    const count = file.readSync(bytes.subarray(filled));
    if (count === null) return undefined;
    filled += count;
  }
  return bytes;
}
