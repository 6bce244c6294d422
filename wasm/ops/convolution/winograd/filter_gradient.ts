/** The gradient of the filter of a convolution by Winograd's algorithm. */
import type { KernelArgument } from "../../../pool.ts";
import { runtime } from "../../../runtime.ts";
import { blocksOf, OUT, PLANE_GAP, PRODUCTS, type WinogradShape } from "./shape.ts";

/** Memory that partial filter gradients may take in all, beyond the eight that threads need. */
const PARTIAL_BYTES = 8 * 1024 * 1024;

/** The gradient of the filter, written to `dfilter`. */
export function winogradFilterGradient(
  shape: WinogradShape,
  pointers: { readonly x: number; readonly dy: number; readonly dfilter: number },
  prologue: readonly KernelArgument[],
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
    ? Math.max(blocks.bandBytes, 1024)
    : blocks.planeBytes(ci) + blocks.planeBytes(all) + blocks.bandBytes + 64;
  const scratch = heap.scratch(scratchBytes * pool.threads);
  const parityBytes = doubled ? 9 * ci * all * 4 : 0;
  heap.withBytes(parityBytes + partials * sumBytes + (whole ? tileBytes : 0), (parities) => {
    const sums = parities + parityBytes;
    if (whole) {
      const x = sums + sumBytes, dy = x + PRODUCTS * plane;
      const rest = [scratch, scratchBytes];
      const count = Math.ceil(blocks.rows / blocks.blockRows);
      pool.run("winogradTiles", count, [
        ...[pointers.x, 0, images, height, width, ci, x, 1, blocks.blockRows],
        ...[...prologue, ...rest, plane],
      ]);
      pool.run("winogradTiles", count, [
        ...[pointers.dy, 1, images, height, width, channels, dy, phases, blocks.blockRows],
        ...[...prologue, ...rest, gradientPlane],
      ]);
      pool.run("winogradTileSums", PRODUCTS, [
        ...[x, plane, dy, gradientPlane, tiles, ci, channels, phases, sums],
      ]);
    } else {
      pool.run("winogradFilterGradient", chunks, [
        ...[pointers.x, images, height, width, ci, pointers.dy, channels, sums, chunks],
        ...[blocks.blockRows, ...prologue, scratch, scratchBytes, blocks.planeTiles, phases],
      ]);
    }
    const strides = doubled ? { position: ci * all, ci: all, co: 1 } : shape.strides;
    pool.run("winogradUnpack", ci, [
      ...[doubled ? parities : pointers.dfilter, sums, partials, strides.position],
      ...[ci, strides.ci, all, strides.co, scratch],
    ]);
    if (doubled) pool.run("parityFilter", ci, [pointers.dfilter, parities, 1, ci, co]);
  });
}
