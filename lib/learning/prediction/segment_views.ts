/** Slices through one pair of networks, in every view, a few at a time. */
import { nextTurn } from "../../base/workers/next_turn.ts";
import type { Network } from "../../names.ts";
import { largestOf } from "../models/forward.ts";
import { type ByNetwork, networksOf } from "../models/by_network.ts";
import type { Segmenter, SliceStack } from "../models/segmenter.ts";
import { takeApart } from "../models/take_apart.ts";
import { addView, type View, viewOfStack } from "./test_time.ts";

/** What is wanted of the slices. */
export interface ViewOptions {
  /** Whose segmentation and probabilities are wanted. */
  readonly network: Network;
  /** Number of classes. */
  readonly classes: number;
  /** One or more, slices as they are first. */
  readonly views: readonly View[];
  /** Whether probabilities are wanted. */
  readonly maps: boolean;
  /** Whether the segmentations of both networks are wanted, and how sure the fast-thinking one is. */
  readonly both: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Hears how much is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** What networks make of slices, `[slices, height, width]` where nothing else is said. */
export interface SegmentedViews {
  /** Classes, over all views. */
  readonly labels: Partial<ByNetwork<Uint8Array>>;
  /** Class probabilities over all views, a map a class, where they were asked for. */
  readonly maps?: readonly Float32Array[];
  /** Classes of slices as they are, where both networks' are wanted. */
  readonly plain?: ByNetwork<Uint8Array>;
  /** The fast-thinking network's mean entropy over slices as they are, nats; likewise. */
  readonly entropy?: number;
}

/** Slices whose probabilities are held at once; as many as go through the networks at once, twice. */
const SLAB = 20;

/**
 * Segments slices in every view and averages the probabilities. With one view alone the classes are the
 * networks' own.
 */
export async function segmentViews(
  segmenter: Pick<Segmenter, "networks" | "segment">,
  stack: SliceStack,
  { network, classes, views, maps, both, signal, onProgress }: ViewOptions,
): Promise<SegmentedViews> {
  const { images, slices, channels, height, width } = stack;
  const area = height * width, average = views.length > 1;
  const refined = (both || network === "stn") && segmenter.networks.includes("stn");
  const wanted: Network[] = both && refined ? ["ftn", "stn"] : [network];
  const sheet = () => new Uint8Array(slices * area);
  const labels = Object.fromEntries(wanted.map((name) => [name, sheet()]));
  const plain = both ? { ftn: sheet(), ...refined && { stn: sheet() } } : undefined;
  const likely = maps
    ? Array.from({ length: classes }, () => new Float32Array(slices * area))
    : undefined;
  let entropy = 0, done = 0;
  for (let first = 0; first < slices; first += SLAB) {
    const count = Math.min(SLAB, slices - first), size = { slices: count, height, width };
    const planes = channels * area;
    const slab: SliceStack = {
      ...{ ...size, channels, images: images.subarray(first * planes, (first + count) * planes) },
      ...stack.tile && { tile: stack.tile },
    };
    const sums = new Map<Network, Float32Array>();
    for (const view of views) {
      signal?.throwIfAborted();
      const isPlain = view === views[0];
      const result = segmenter.segment(viewOfStack(slab, view), {
        refinements: refined ? 1 : 0,
        probabilities: maps || average,
        entropy: both && isPlain,
      });
      if (isPlain) {
        if (!average) wanted.forEach((name) => labels[name]!.set(result[name]!, first * area));
        if (plain) networksOf(plain).forEach((n) => plain[n]!.set(result[n]!, first * area));
        entropy += result.entropy?.reduce((sum, value) => sum + value, 0) ?? 0;
      }
      for (const name of average ? wanted : maps ? [network] : []) {
        const found = result.probabilities![name]!;
        if (!average) {
          sums.set(name, found);
          continue;
        }
        const sum = sums.get(name) ?? new Float32Array(found.length);
        addView(sum, found, size, view);
        sums.set(name, sum);
      }
      done += count / (slices * views.length);
      onProgress?.(done);
      // Signals and messages are heard in between.
      await nextTurn();
    }
    if (average) {
      sums.forEach((sum, name) => labels[name]!.set(largestOf(sum, classes), first * area));
    }
    if (likely) takeApart(likely, sums.get(network)!, first * area, 1 / views.length);
  }
  return {
    labels,
    ...likely && { maps: likely },
    ...plain && { plain, entropy: entropy / slices },
  };
}
