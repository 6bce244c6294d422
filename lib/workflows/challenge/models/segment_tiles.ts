/** Volumes through a model that sees parts of them: slices, or blocks, blended where they overlap. */
import { tileProfile, tileStarts } from "../../../imaging/data/preparation/tiles.ts";
import { OnnxError } from "../../../formats/onnx/onnx_error.ts";
import type { ModelConfig } from "./model_config.ts";
import type { ModelGrid } from "./model_grid.ts";
import type { Sheet } from "./onnx_session.ts";

/** Slices that go in at once, where the model takes any number. */
const SLICES_AT_ONCE = 8;

/** Runs the model on a batch. */
export type RunModel = (sheet: Sheet) => Promise<Sheet>;

type Sides = readonly [width: number, height: number, depth: number];

/**
 * The probability of each class at each place of a grid, a map a class. Smaller grids than the model
 * sees are padded with their least value, larger ones seen in tiles, weighted by Gaussians.
 *
 * @param classes How many the model's output stands for, background first.
 * @throws {OnnxError} If the output has other sides than its input, other channels than classes, or
 * values that are no numbers.
 */
export async function segmentInTiles(
  { channels, shape }: Pick<ModelGrid, "channels" | "shape">,
  { dims, size, layout, activation, batch }: Pick<
    ModelConfig,
    "dims" | "size" | "layout" | "activation" | "batch"
  >,
  classes: number,
  run: RunModel,
): Promise<Float32Array[]> {
  const tile = tileFor(shape, size, dims);
  const wide = shape.map((n, axis) => Math.max(n, tile[axis]!)) as unknown as Sides;
  const before = shape.map((n, axis) => Math.floor((wide[axis]! - n) / 2)) as unknown as Sides;
  const padded = channels.map((channel) => pad(channel, shape, wide, before));
  const starts = wide.map((n, axis) =>
    axis === 2 && dims === 2 ? [...Array(n).keys()] : tileStarts(n, tile[axis]!)
  );
  const places = starts[2]!.flatMap((z) =>
    starts[1]!.flatMap((y) => starts[0]!.map((x): Sides => [x, y, z]))
  );
  const weights = weightsOf(tile, dims, starts.slice(0, dims).some((own) => own.length > 1));
  const area = wide[0] * wide[1] * wide[2], own = tile[0] * tile[1] * tile[2];
  const sums = Array.from({ length: classes }, () => new Float32Array(area));
  const total = new Float32Array(area);
  const atOnce = batch ?? (dims === 2 ? SLICES_AT_ONCE : 1);
  for (let first = 0; first < places.length; first += atOnce) {
    const some = places.slice(first, first + atOnce);
    // a model of a fixed batch is given empty images beside the last ones
    const count = batch ?? some.length;
    const input = new Float32Array(count * channels.length * own);
    const at = indexer(layout, channels.length, own);
    some.forEach((place, n) =>
      padded.forEach((channel, c) =>
        eachVoxel(tile, wide, place, (from, o) => input[at(n, c, o)] = channel[from]!)
      )
    );
    const sides = dims === 3 ? [tile[2], tile[1], tile[0]] : [tile[1], tile[0]];
    const shapeOf = (depth: number) =>
      layout.startsWith("NC") ? [count, depth, ...sides] : [count, ...sides, depth];
    const made = await run({ data: input, shape: shapeOf(channels.length) });
    const given = classes === 2 && made.shape.join() === shapeOf(1).join() ? 1 : classes;
    if (made.shape.join() !== shapeOf(given).join()) {
      throw new OnnxError(
        `Cannot use what the model gives: its output is [${made.shape}], wanted [${
          shapeOf(classes)
        }] for ${classes} codes (${layout})`,
      );
    }
    const outAt = indexer(layout, given, own);
    const likely = new Float32Array(classes);
    some.forEach((place, n) =>
      eachVoxel(tile, wide, place, (to, o) => {
        for (let c = 0; c < given; c++) likely[c] = made.data[outAt(n, c, o)]!;
        probabilities(likely, given, activation);
        const weight = weights[o]!;
        for (let c = 0; c < classes; c++) sums[c]![to]! += weight * likely[c]!;
        total[to]! += weight;
      })
    );
  }
  return sums.map((sum) => {
    for (let o = 0; o < area; o++) sum[o]! /= total[o]!;
    checkNumbers(sum);
    const inner = new Float32Array(shape[0] * shape[1] * shape[2]);
    eachVoxel(shape, wide, before, (from, to) => inner[to] = sum[from]!);
    return inner;
  });
}

/**
 * Refuses what is no number: compared with others it would be taken for background in silence.
 *
 * @throws {OnnxError} If there is some.
 */
export function checkNumbers(map: Float32Array): void {
  let odd = 0;
  for (const value of map) if (Number.isNaN(value)) odd++;
  if (odd === 0) return;
  throw new OnnxError(
    `Cannot use what the model gives: ${odd} of its ${map.length} values are no numbers (NaN)`,
  );
}

/** What the model sees at once. */
function tileFor(shape: Sides, size: ModelConfig["size"], dims: 2 | 3): Sides {
  if ("height" in size) return [size.width, size.height, size.depth ?? 1];
  const { multipleOf } = size;
  const [width, height, depth] = shape.map((n) => Math.ceil(n / multipleOf) * multipleOf);
  return [width!, height!, dims === 3 ? depth! : 1];
}

function pad(data: Float32Array, shape: Sides, wide: Sides, before: Sides): Float32Array {
  if (shape.join() === wide.join()) return data;
  let least = Infinity;
  for (const value of data) if (value < least) least = value;
  const result = new Float32Array(wide[0] * wide[1] * wide[2]).fill(least);
  eachVoxel(shape, wide, before, (to, from) => result[to] = data[from]!);
  return result;
}

/** Calls with each voxel of a box: its place in the whole, and its place in the box. */
function eachVoxel(
  box: Sides,
  whole: Sides,
  [x0, y0, z0]: Sides,
  call: (inWhole: number, inBox: number) => void,
): void {
  for (let z = 0, o = 0; z < box[2]; z++) {
    for (let y = 0; y < box[1]; y++) {
      let at = x0 + whole[0] * (y0 + y + whole[1] * (z0 + z));
      for (let x = 0; x < box[0]; x++, o++, at++) call(at, o);
    }
  }
}

/** Where a voxel of a channel of an image stands in a batch. */
function indexer(layout: string, channels: number, size: number) {
  return layout.startsWith("NC")
    ? (n: number, c: number, o: number) => (n * channels + c) * size + o
    : (n: number, c: number, o: number) => (n * size + o) * channels + c;
}

/** A Gaussian along each axis where tiles overlap, else 1. */
function weightsOf(tile: Sides, dims: 2 | 3, overlapping: boolean): Float32Array {
  const size = tile[0] * tile[1] * tile[2];
  if (!overlapping) return new Float32Array(size).fill(1);
  const [across, down] = [tileProfile(tile[0]), tileProfile(tile[1])];
  const along = dims === 3 ? tileProfile(tile[2]) : [1];
  const result = new Float32Array(size);
  eachVoxel(tile, tile, [0, 0, 0], (o) => {
    const x = o % tile[0], y = Math.floor(o / tile[0]) % tile[1];
    result[o] = across[x]! * down[y]! * along[Math.floor(o / tile[0] / tile[1])]!;
  });
  return result;
}

/** Turns what a model gives of a voxel into probabilities, in place. */
function probabilities(
  values: Float32Array,
  given: number,
  activation: ModelConfig["activation"],
): void {
  if (given === 1) {
    const one = activation === "logits" ? 1 / (1 + Math.exp(-values[0]!)) : values[0]!;
    values[0] = 1 - one;
    values[1] = one;
  } else if (activation === "logits") {
    let most = -Infinity, sum = 0;
    for (const value of values) if (value > most) most = value;
    for (let c = 0; c < values.length; c++) sum += values[c] = Math.exp(values[c]! - most);
    for (let c = 0; c < values.length; c++) values[c]! /= sum;
  }
}
