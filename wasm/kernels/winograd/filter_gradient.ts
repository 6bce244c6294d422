import { WinogradFilterGradientArguments } from "../arguments";
import { LANES, OUT, PLANE_GAP, PRODUCTS } from "../sizes";
import { transformGradient } from "./transform_gradient";
import { bandBytes, transformInput } from "./transform_input";
import { addProducts } from "./whole";

/**
 * The gradient of the 36 products of F(4 x 4, 3 x 3) by their weights: for each the sum over tiles of
 * the transformed input [ci] times the transformed gradient [co]. The gradient may be that of the
 * large map of an up-sampling convolution (see phases.ts): then it has two phases of co channels.
 *
 * A chunk is a range of tile rows over all images, done a block at a time; it leaves its own partial
 * sum, [ci][36][co of all phases]; `winogradUnpack` adds them up in order. Channel
 * counts are multiples of 8.
 */
export function winogradFilterGradient(
  args: WinogradFilterGradientArguments,
  chunk: i32,
  lane: i32,
): void {
  const input = args.input, images = args.images, height = args.height;
  const width = args.width, ci = args.ci;
  const gradient = args.gradient, co = args.co, phases = args.phases;
  const partials = args.partials, chunks = args.chunks;
  const blockRows = args.blockRows, blockTiles = args.blockTiles;
  const scale = args.scale, shift = args.shift, slope = args.slope;
  const scratch = args.scratch + <usize> lane * args.scratchBytes;

  const tilesX = (width + OUT - 1) / OUT, rowsInAll = images * ((height + OUT - 1) / OUT);
  const channels = phases * co;
  const inPixel = <usize> ci << 2, outPixel = <usize> channels << 2;
  const inPlane = <usize> blockTiles * inPixel + PLANE_GAP;
  const outPlane = <usize> blockTiles * outPixel + PLANE_GAP;
  const tiles = scratch, gradients = tiles + <usize> PRODUCTS * inPlane;
  const bands = gradients + <usize> PRODUCTS * outPlane;
  assert(ci % LANES == 0 && co % LANES == 0);
  assert(min(blockRows, rowsInAll) * tilesX <= blockTiles);
  assert(bands + bandBytes(width, max(ci, co)) <= scratch + args.scratchBytes);
  const sumsRow = <usize> PRODUCTS * outPixel;
  const partial = partials + <usize> chunk * <usize> ci * sumsRow;
  memory.fill(partial, 0, <usize> ci * sumsRow);

  const begin = <i32> (<i64> rowsInAll * <i64> chunk / <i64> chunks);
  const end = <i32> (<i64> rowsInAll * <i64> (chunk + 1) / <i64> chunks);
  for (let first = begin; first < end; first += blockRows) {
    const last = min(first + blockRows, end);
    transformInput(
      input,
      1,
      height,
      width,
      ci,
      first,
      last,
      scale,
      shift,
      slope,
      bands,
      tiles,
      inPlane,
    );
    transformGradient(gradient, phases, height, width, co, first, last, bands, gradients, outPlane);
    const count = (last - first) * tilesX;
    for (let f = 0; f < PRODUCTS; f++) {
      addProducts(
        tiles + <usize> f * inPlane,
        gradients + <usize> f * outPlane,
        count,
        ci,
        co,
        phases,
        f,
        partial + <usize> f * outPixel,
        sumsRow,
      );
    }
  }
}
