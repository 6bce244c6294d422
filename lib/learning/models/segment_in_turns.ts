import { nextTurn } from "../../base/workers/next_turn.ts";
import { mapNetworks } from "./by_network.ts";
import type {
  SegmentationRequest,
  SegmentationResult,
  Segmenter,
  SliceStack,
} from "./segmenter.ts";

/**
 * Segments a stack as {@linkcode Segmenter.segment} does, bit for bit, with a turn of the event loop
 * after each part that goes through the networks at once, so that a Ctrl-C is heard within it.
 */
export async function segmentInTurns(
  segmenter: Pick<Segmenter, "segment" | "atOnce">,
  stack: SliceStack,
  request: SegmentationRequest = {},
): Promise<SegmentationResult> {
  const { images, slices, channels, height, width, tile } = stack;
  const { atOnce = slices } = segmenter, size = channels * height * width;
  const parts: SegmentationResult[] = [];
  for (let first = 0; first < slices; first += atOnce) {
    await nextTurn();
    const count = Math.min(atOnce, slices - first);
    const part = images.subarray(first * size, (first + count) * size);
    parts.push(segmenter.segment(
      { images: part, slices: count, channels, height, width, ...tile && { tile } },
      request,
    ));
  }
  await nextTurn();
  const [head] = parts;
  if (parts.length === 1) return head!;
  return {
    ftn: joined(parts.map(({ ftn }) => ftn)),
    ...head!.stn && { stn: joined(parts.map(({ stn }) => stn!)) },
    ...head!.reconstruction && {
      reconstruction: joined(parts.map(({ reconstruction }) => reconstruction!)),
    },
    ...head!.entropy && { entropy: joined(parts.map(({ entropy }) => entropy!)) },
    ...head!.probabilities && {
      probabilities: mapNetworks(
        head!.probabilities,
        (_, network) => joined(parts.map(({ probabilities }) => probabilities![network]!)),
      ),
    },
    ...head!.passes && {
      passes: head!.passes.map((_, n) => joined(parts.map(({ passes }) => passes![n]!))),
    },
  };
}

/** Arrays of one kind, one behind the other. */
function joined<T extends Uint8Array | Float32Array>(parts: readonly T[]): T {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new (parts[0]!.constructor as new (length: number) => T)(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
