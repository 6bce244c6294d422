/** The cache of prepared cases: files of blocks, and the case that is packed in them. */
import { crc32 } from "node:zlib";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { type Blocks, openBlocks } from "../../../lib/formats/blocks/block_file.ts";
import { packCase, UnpackedCase } from "../../../lib/imaging/data/preparation/packed_case.ts";
import { prepareVoxels } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import { tinyHeart } from "../../imaging/data/tiny_heart.ts";
import { joinBytes } from "../mutators/join_bytes.ts";
import { type FuzzTarget, textBytes } from "../target.ts";

const { source } = tinyHeart();
const { text, blocks } = packCase(
  source,
  await prepareVoxels(source, { size: square(16), spacing: 2 }),
);
const body = joinBytes(...blocks);

/** A file of the packed case with this text in its head, its sums right. */
function fileOf(described: string): Uint8Array {
  const head = textBytes({
    text: described,
    blocks: blocks.map((block) => [block.length, crc32(block)]),
  });
  const prelude = new Uint8Array(16), view = new DataView(prelude.buffer);
  prelude.set(new TextEncoder().encode("TANDEMB1"));
  view.setUint32(8, head.length, true);
  view.setUint32(12, crc32(head), true);
  return joinBytes(prelude, head, body);
}

function readAll(path: string): void {
  const opened: Blocks = openBlocks(path), unpacked = new UnpackedCase(source, opened);
  for (let n = 0; n < unpacked.slices; n++) unpacked.slice(n);
  unpacked.whole();
}

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "blocks",
    ...{ kind: "bytes", file: "0.case", seeds: [fileOf(text)], readers: [readAll] },
    fields: [{ at: 8, type: "int32" }, { at: 12, type: "int32" }],
    names: ["/fuzz/blocks", "Cannot unpack"],
  },
  {
    name: "packed-case",
    ...{ kind: "json", file: "0.case", seeds: [textBytes(text)], readers: [readAll] },
    dress: (spoilt) => fileOf(new TextDecoder().decode(spoilt)),
    names: ["/fuzz/packed-case", "Cannot unpack"],
  },
];
