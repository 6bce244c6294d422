/** The gradient of the filter of a convolution by Winograd's algorithm. */
import { OUT, PLANE_GAP, PRODUCTS, UNPACK_BYTES } from "../../../kernels/sizes.ts";
import { runtime } from "../../../runtime.ts";
import type { Prologue } from "../prologue.ts";
import { blocksOf, type WinogradShape } from "./shape.ts";

/** Memory that partial filter gradients may take in all, beyond the eight that threads need. */
const PARTIAL_BYTES = 8 * 1024 * 1024;

/** The gradient of the filter, written to `dfilter`. */
export function winogradFilterGradient(
  shape: WinogradShape,
  pointers: { readonly x: number; readonly dy: number; readonly dfilter: number },
  prologue: Prologue,
): void {
  const { heap, pool } = runtime();
  const { co, doubled } = shape, [images, height, width, ci] = shape.from;
  const phases = doubled ? 2 : 1, channels = phases * co, all = phases * channels;
  const blocks = blocksOf(shape.from, Math.max(ci, channels));
  const sumBytes = PRODUCTS * ci * all * 4;
  const chunks = Math.min(
    Math.ceil(blocks.rows / blocks.blockRows),
    Math.max(8, Math.min(64, Math.floor(PARTIAL_BYTES / sumBytes))),
  );
  const tiles = blocks.rows * Math.ceil(width / OUT);
  const plane = tiles * ci * 4 + PLANE_GAP, gradientPlane = tiles * all * 4 + PLANE_GAP;
  const tileBytes = PRODUCTS * (plane + gradientPlane);
  const whole = tileBytes < 2 * chunks * sumBytes;
  const partials = whole ? 1 : chunks;
  const scratchBytes = whole
    ? Math.max(blocks.bandBytes, UNPACK_BYTES)
    : blocks.planeBytes(ci) + blocks.planeBytes(all) + blocks.bandBytes + 64;
  const scratch = heap.scratch(scratchBytes * pool.threads);
  const parityBytes = doubled ? 9 * ci * all * 4 : 0;
  heap.withBytes(parityBytes + partials * sumBytes + (whole ? tileBytes : 0), (parities) => {
    const sums = parities + parityBytes;
    if (whole) {
      const x = sums + sumBytes, dy = x + PRODUCTS * plane;
      const count = Math.ceil(blocks.rows / blocks.blockRows);
      const common = {
        ...{ images, height, width, chunkRows: blocks.blockRows, ...prologue },
        ...{ scratch, scratchBytes },
      };
      pool.run("winogradTiles", count, {
        ...{ map: pointers.x, isGradient: false, channels: ci, phases: 1, tiles: x, plane },
        ...common,
      });
      pool.run("winogradTiles", count, {
        ...{ map: pointers.dy, isGradient: true, channels, phases, tiles: dy },
        ...{ plane: gradientPlane, ...common },
      });
      pool.run("winogradTileSums", PRODUCTS, {
        ...{ tiles: x, plane, gradients: dy, gradientPlane, count: tiles },
        ...{ ci, co: channels, phases, sums },
      });
    } else {
      pool.run("winogradFilterGradient", chunks, {
        ...{ input: pointers.x, images, height, width, ci },
        ...{ gradient: pointers.dy, co: channels, phases, partials: sums, chunks },
        ...{ blockRows: blocks.blockRows, blockTiles: blocks.planeTiles, ...prologue },
        ...{ scratch, scratchBytes },
      });
    }
    const strides = doubled ? { position: ci * all, ci: all, co: 1 } : shape.strides;
    const filter = pointers.dfilter;
    pool.run("winogradUnpack", ci, {
      ...{ filter: doubled ? parities : filter, partials: sums, count: partials, scratch },
      ...{ positionStride: strides.position, ci, ciStride: strides.ci },
      ...{ co: all, coStride: strides.co },
    });
    if (doubled) pool.run("parityFilter", ci, { filter, parities, back: true, ci, co });
  });
}
