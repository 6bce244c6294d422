/** Runs the kernels of convolutions: there, back, and to the filter. */
import type { FormName, TensorInfo } from "../../../wasm/mod.ts";
import { runKernel } from "../device/run_kernel.ts";
import { type Axis, backwardAxis, forwardAxis } from "../kernels/axes.ts";
import { convolveKernel } from "../kernels/convolve.ts";
import { filterGradientKernel, NORMALISED } from "../kernels/filter_gradient.ts";
import { cardTiles } from "./tiles.ts";
import { withRoom } from "./register_on_card.ts";
import { addChunks } from "./sums.ts";

type Shape4 = readonly [number, number, number, number];

/** The map that is read and the one that is written, [batch, height, width, channels]. */
export interface Maps {
  readonly from: Shape4;
  readonly to: Shape4;
}

const sizesOf = ({ from, to }: Maps) => ({
  ...{ batch: from[0], inHeight: from[1], inWidth: from[2], ci: from[3] },
  ...{ outHeight: to[1], outWidth: to[2], co: to[3] },
});

/** y = the convolution of x, normalised where `affine` is given, plus bias where that is. */
export function convolve(
  axis: Axis,
  maps: Maps,
  strides: { readonly position: number; readonly ci: number; readonly co: number },
  { x, filter, y, bias, affine }: {
    readonly x: TensorInfo;
    readonly filter: TensorInfo;
    readonly y: TensorInfo;
    readonly bias?: TensorInfo;
    readonly affine?: TensorInfo | undefined;
  },
  slope: number,
): void {
  const { to } = maps, phases = axis.phases ** 2;
  const { convolve: tile } = cardTiles();
  const pixels = to[0] * to[1] * to[2] / phases, across = Math.ceil(to[3] / tile.channels);
  const tiles = Math.ceil(pixels / tile.pixels), wide = Math.min(tiles, 32768);
  runKernel(
    convolveKernel(tile),
    { x, weights: filter, y, bias: bias ?? filter, affine: affine ?? filter },
    {
      ...sizesOf(maps),
      ...axis,
      ...{ normalised: affine ? 1 : 0, biased: bias ? 1 : 0 },
      ...{ positionStride: strides.position, ciStride: strides.ci, coStride: strides.co },
      slope,
    },
    [wide, Math.ceil(tiles / wide), across * phases],
  );
}

/** Most chunks of pixels, and most bytes of their partial sums. */
const MOST_CHUNKS = 256, MOST_BYTES = 32 * 2 ** 20;

/** out = the gradient of the filter. */
export function sumFilterGradient(
  form: FormName,
  size: number,
  { x, dy, out, affine, slope }: {
    readonly x: TensorInfo;
    readonly dy: TensorInfo;
    readonly out: TensorInfo;
    readonly affine?: TensorInfo | undefined;
    readonly slope: number;
  },
): void {
  // The filter of a transposed convolution is [.., co, ci]: there taps shift the gradient.
  const turned = form === "transposed";
  const axis = turned ? backwardAxis(form, size) : forwardAxis(form, size);
  const [source, other] = turned ? [dy, x] : [x, dy];
  const maps: Maps = { from: source.shape as never, to: other.shape as never };
  const sizes = sizesOf(maps), pixels = sizes.batch * sizes.outHeight * sizes.outWidth;
  const count = axis.taps ** 2 * sizes.ci * sizes.co;
  const affordable = Math.max(1, Math.min(MOST_CHUNKS, Math.floor(MOST_BYTES / (4 * count))));
  const chunkPixels = Math.ceil(Math.max(512, pixels / affordable) / 16) * 16;
  const chunks = Math.ceil(pixels / chunkPixels);
  const run = (partials: TensorInfo) => {
    const { filter: tile } = cardTiles(), { side } = tile;
    const normalised = NORMALISED[affine ? turned ? "other" : "source" : "none"];
    runKernel(
      filterGradientKernel(tile),
      { source, other, partials, affine: affine ?? source },
      { ...sizes, ...axis, chunkPixels, chunks, normalised, slope },
      [Math.ceil(sizes.ci / side), Math.ceil(sizes.co / side), axis.taps ** 2 * chunks],
    );
  };
  if (chunks === 1) return run(out);
  withRoom([chunks * count], (partials) => {
    run(partials);
    addChunks(partials, count, chunks, { out });
  });
}
