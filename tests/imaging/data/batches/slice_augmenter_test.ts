import { assert, assertEquals } from "../../../deps.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { square } from "../../../../lib/base/volume/slice_size.ts";
import { SliceAugmenter } from "../../../../lib/imaging/data/batches/slice_augmenter.ts";

Deno.test("SliceAugmenter spoils a whole slice before it is cropped: its copies lie outside", () => {
  // one bright pixel; with every other line left out, its copy lies half a slice away
  const [side, at] = [64, 20 * 64 + 20], size = square(side);
  const images = new Float32Array(side * side), labels = new Uint8Array(side * side);
  images[at] = labels[at] = 1;
  const whole = {
    ...{ id: "dot", slices: 1, channels: 1, ...size, labelled: true, foreground: [0] },
    slice: () => ({ shown: { ...size, images, labels }, field: { ...size, images } }),
  };
  const artifacts = {
    artifact: "undersampling",
    options: { acceleration: 2, centreFraction: 0, pattern: "equispaced" },
  } as const;
  const augmenter = new SliceAugmenter(
    square(16),
    { crop: square(16), policy: [], artifacts },
    RandomStream.fromSeed(0),
  );
  const crops = Array.from({ length: 40 }, (_, epoch) => augmenter.augmented(whole, 0, epoch, 0))
    .filter(({ label }) => label.includes(1));
  assert(crops.length > 10, `${crops.length} of 40 crops hold the pixel`);
  const bright = crops.map(({ planes }) => planes.filter((value) => value > 0.4).length);
  assertEquals(new Set(bright), new Set([1]));
});
