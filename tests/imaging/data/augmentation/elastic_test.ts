import { assert, assertEquals } from "../../../deps.ts";
import { elastic } from "../../../../lib/imaging/data/augmentation/elastic.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { disc } from "./disc.ts";

function params(seed: number, strength: number) {
  const noise = RandomStream.fromSeed(seed).state();
  return { smoothness: 0.15, strength, noise };
}

Deno.test("elastic without strength is the identity", () => {
  const slice = disc(30);
  assertEquals(elastic.apply(slice, params(1, 0)), slice);
});

Deno.test("elastic moves a slope by displacements of the expected spread", () => {
  // On the image x, the new value less the old is the displacement along x.
  const size = 224;
  const image = Float32Array.from({ length: size * size }, (_, n) => n % size);
  const slice = { image, label: new Uint8Array(size * size), width: size, height: size };
  let [squares, count] = [0, 0];
  for (let seed = 0; seed < 6; seed++) {
    const { image: moved } = elastic.apply(slice, params(seed, 1.75));
    for (let n = 0; n < moved.length; n += 7) {
      const x = n % size;
      if (x < 40 || x > size - 40) continue;
      squares += (moved[n]! - x) ** 2;
      count++;
    }
  }
  // sd of U(-1, 1), smoothed by a Gaussian of sigma pixels in 2-D, times alpha.
  const sigma = 0.75 * 224 * 0.15;
  const wanted = 1.75 * 224 * Math.sqrt(1 / 3) / (2 * sigma * Math.sqrt(Math.PI));
  const spread = Math.sqrt(squares / count);
  assert(Math.abs(spread / wanted - 1) < 0.2, `${spread} of ${wanted}`);
});

Deno.test("elastic bends image and label alike", () => {
  const slice = disc(60);
  const { image, label } = elastic.apply(slice, params(4, 3));
  assert(label.some((value, n) => value !== slice.label[n]));
  let agree = 0;
  label.forEach((value, n) => agree += (value === 2) === (image[n]! > 0.55) ? 1 : 0);
  assert(agree / label.length > 0.98, `${agree / label.length}`);
});
