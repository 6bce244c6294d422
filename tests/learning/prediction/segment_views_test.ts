import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { DualSegmenter } from "../../../lib/learning/models/dual_segmenter.ts";
import { segmentViews } from "../../../lib/learning/prediction/segment_views.ts";
import { viewsOf } from "../../../lib/learning/prediction/test_time.ts";
import { startBackend } from "../../../wasm/mod.ts";
import { randomValues } from "../../wasm/reference.ts";
import { TINY } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 1 });

const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
const segmenter = new DualSegmenter(network, {
  method: { temperature: 2, networks: "dual", shapePrior: "predictions" },
  evaluation: { chunk: 7 },
  training: { convolution: "winograd" },
});
const { classes } = TINY;
const stack = {
  images: randomValues("views", 23 * 16 * 32, 0, 1),
  ...{ slices: 23, channels: 1, height: 16, width: 32 },
};
const options = { network: "stn", classes, maps: false, both: false } as const;

Deno.test("segmentViews() of one view is the network's own segmentation, to the bit", async () => {
  const whole = segmenter.segment(stack, { probabilities: true });
  const plain = await segmentViews(segmenter, stack, { ...options, views: viewsOf("none") });
  assertEquals(plain, { labels: { stn: whole.stn! } });
  const more = await segmentViews(segmenter, stack, {
    ...{ ...options, maps: true, both: true, views: viewsOf("none") },
  });
  assertEquals([more.labels.ftn, more.labels.stn], [whole.ftn, whole.stn!]);
  assertEquals(more.plain, { ftn: whole.ftn, stn: whole.stn! });
  more.maps!.forEach((map, c) =>
    assertEquals(map, whole.probabilities!.stn!.filter((_, n) => n % classes === c))
  );
  const { entropy } = segmenter.segment(stack, { entropy: true });
  assertAlmostEquals(more.entropy!, entropy!.reduce((sum, value) => sum + value, 0) / 23, 1e-6);
});

Deno.test("segmentViews() averages what turned slices give, turned back", async () => {
  const views = viewsOf("rot90");
  const found = await segmentViews(segmenter, stack, { ...options, maps: true, views });
  const rotated = {
    ...stack,
    images: Float32Array.from(stack.images, (_, n) => {
      const at = n % 512;
      return stack.images[n - at + 511 - at]!;
    }),
  };
  // Of a slice turned by half a turn the average is the same, turned.
  const other = await segmentViews(segmenter, rotated, { ...options, maps: true, views });
  found.maps!.forEach((map, c) =>
    map.forEach((value, n) => {
      const at = n % 512;
      assertAlmostEquals(value, other.maps![c]![n - at + 511 - at]!, 1e-5);
    })
  );
  for (let n = 0; n < 23 * 512; n += 13) {
    const likely = found.maps!.map((map) => map[n]!);
    assertAlmostEquals(likely.reduce((sum, value) => sum + value, 0), 1, 1e-5);
    assertEquals(found.labels.stn![n], likely.indexOf(Math.max(...likely)));
  }
  const plain = await segmentViews(segmenter, stack, {
    ...options,
    maps: true,
    views: viewsOf("none"),
  });
  assert(plain.maps![0]!.some((value, n) => Math.abs(value - found.maps![0]![n]!) > 1e-3));
});
