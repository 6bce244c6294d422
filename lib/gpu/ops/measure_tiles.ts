/** Which tiles are fastest on a card, by its own clock. */
import type { Card } from "../device/card.ts";
import { forwardAxis } from "../kernels/axes.ts";
import { convolve, sumFilterGradient } from "./convolve.ts";
import { withRoom } from "./register_on_card.ts";
import { CANDIDATES, cardTiles, type TileCandidates, type Tiles, useTiles } from "./tiles.ts";

/** A map to measure with: a batch of squares, convolved by 3 x 3 to as many channels. */
export interface MeasuredMap {
  readonly batch: number;
  readonly side: number;
  readonly channels: number;
}

/** The largest maps of a usual step, its middle and its deepest ones: each a third of a step or so. */
const MAPS: readonly MeasuredMap[] = [
  { batch: 8, side: 96, channels: 16 },
  { batch: 8, side: 24, channels: 64 },
  { batch: 8, side: 12, channels: 128 },
];

/** Runs that are timed; the first of all compiles and is left out. */
const RUNS = 3;

/**
 * Measures candidates on the card that runs, which uses the fastest of them from then on. Its kernels
 * must run nothing else meanwhile.
 *
 * @param card The one behind the running backend, which has `timestamp-query`.
 * @returns The fastest.
 * @throws {CardError} If the card refuses a kernel.
 */
export async function measureTiles(
  card: Card,
  candidates: TileCandidates = CANDIDATES,
  maps: readonly MeasuredMap[] = MAPS,
): Promise<Tiles> {
  let best = cardTiles();
  for (const kind of ["convolve", "filter"] as const) {
    const fitting = candidates[kind].filter((tile) => fits(card, kind, tile));
    let least = Infinity;
    for (const tile of fitting) {
      const tried = { ...best, [kind]: tile } as Tiles;
      useTiles(card, tried);
      const milliseconds = await timeOf(card, kind, maps);
      if (milliseconds >= least) continue;
      least = milliseconds;
      best = tried;
    }
    useTiles(card, best);
  }
  return best;
}

/** Whether a workgroup of the tile is one of the card's. */
function fits(card: Card, kind: keyof Tiles, tile: Tiles[keyof Tiles]): boolean {
  const { maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupStorageSize } = card.info.limits;
  const [threads, entries] = kind === "convolve"
    ? convolveRoom(tile as Tiles["convolve"])
    : filterRoom(tile as Tiles["filter"]);
  return threads <= maxComputeInvocationsPerWorkgroup! &&
    4 * entries <= maxComputeWorkgroupStorageSize!;
}

/** Threads of a workgroup, and the numbers in its memory. */
const convolveRoom = ({ pixels, channels, own, block }: Tiles["convolve"]) =>
  [pixels / own * (channels / 4), pixels + (pixels + channels) * block] as const;
const filterRoom = ({ side, block }: Tiles["filter"]) =>
  [(side / 4) ** 2, block + 2 * side * block] as const;

/** Milliseconds of one run over all maps: of each map the shortest of some. */
async function timeOf(
  card: Card,
  kind: keyof Tiles,
  maps: readonly MeasuredMap[],
): Promise<number> {
  let sum = 0;
  for (const map of maps) {
    runOnce(kind, map);
    card.read([]);
    let shortest = Infinity;
    for (let run = 0; run < RUNS; run++) {
      card.profile(true);
      runOnce(kind, map);
      const times = await card.times();
      card.profile(false);
      const milliseconds = times.reduce((all, { milliseconds }) => all + milliseconds, 0);
      shortest = Math.min(shortest, milliseconds);
    }
    sum += shortest;
  }
  card.read([]);
  return sum;
}

/** Runs a kernel on a map of whatever the card's memory holds: 0 in a new buffer. */
function runOnce(kind: keyof Tiles, { batch, side, channels }: MeasuredMap): void {
  const shape = [batch, side, side, channels] as const, taps = [3, 3, channels, channels] as const;
  withRoom(shape, (x) =>
    withRoom(shape, (y) =>
      withRoom(taps, (filter) => {
        const axis = forwardAxis("same", 3), maps = { from: shape, to: shape };
        const strides = { position: channels ** 2, ci: channels, co: 1 };
        if (kind === "convolve") convolve(axis, maps, strides, { x, filter, y }, 1);
        else sumFilterGradient("same", 3, { x, dy: y, out: filter, slope: 1 });
      })));
}
