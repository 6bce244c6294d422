import { assertEquals } from "../../deps.ts";
import { segmentInTurns } from "../../../lib/learning/models/segment_in_turns.ts";
import type { SliceStack } from "../../../lib/learning/models/segmenter.ts";

const stack: SliceStack = {
  images: Float32Array.from({ length: 5 * 2 * 16 }, (_, n) => n),
  ...{ slices: 5, channels: 2, height: 4, width: 4 },
};

/** What it gives of a slice depends on that slice alone. */
function fake(atOnce?: number) {
  const counts: number[] = [];
  const segment = ({ images, slices }: SliceStack) => {
    counts.push(slices);
    const masks = Uint8Array.from({ length: slices * 16 }, (_, n) => images[2 * n]! % 251);
    return {
      ftn: masks,
      stn: masks.map((value) => value + 1),
      reconstruction: images.map((value) => value / 2),
      entropy: Float32Array.from({ length: slices }, (_, n) => images[n * 32]!),
      passes: [masks, masks.map((value) => value + 2)],
    };
  };
  return { counts, segment, ...atOnce !== undefined && { atOnce } };
}

Deno.test("segmentInTurns() gives what a whole stack gives, and parts as large as go at once", async () => {
  const whole = fake().segment(stack);
  for (const [atOnce, counts] of [[2, [2, 2, 1]], [5, [5]], [undefined, [5]]] as const) {
    const segmenter = fake(atOnce);
    assertEquals(await segmentInTurns(segmenter, stack), whole);
    assertEquals(segmenter.counts, [...counts]);
  }
});

Deno.test("segmentInTurns() gives only what the network gives, and lets others have a turn", async () => {
  const segmenter = {
    atOnce: 1,
    segment: ({ slices }: SliceStack) => ({ ftn: new Uint8Array(slices * 16).fill(slices) }),
  };
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const result = await segmentInTurns(segmenter, stack);
  clearInterval(timer);
  assertEquals(result, { ftn: new Uint8Array(5 * 16).fill(1) });
  assertEquals(turns >= 2, true);
});
