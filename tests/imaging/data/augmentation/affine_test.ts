import { assert, assertEquals } from "../../../deps.ts";
import { affine } from "../../../../lib/imaging/data/augmentation/affine.ts";
import type { LabelledSlice } from "../../../../lib/imaging/data/augmentation/slice_transform.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { disc } from "./disc.ts";

function areaAndCentre({ label, width }: LabelledSlice): [number, number, number] {
  let [area, x, y] = [0, 0, 0];
  label.forEach((value, n) => {
    if (value === 0) return;
    area++;
    x += n % width;
    y += Math.floor(n / width);
  });
  return [area, x / area, y / area];
}

Deno.test("affine magnifies by zooms below 1 and moves the picture against the shift", () => {
  const slice = disc(40);
  const [area, x, y] = areaAndCentre(slice);
  const still = affine.apply(slice, { rotation: 0, translation: [0, 0], zoom: [1, 1] });
  assertEquals(still, slice);
  const [larger] = areaAndCentre(
    affine.apply(slice, { rotation: 0, translation: [0, 0], zoom: [0.8, 0.8] }),
  );
  assert(Math.abs(larger / area - 1 / 0.64) < 0.1);
  const [, movedX, movedY] = areaAndCentre(
    affine.apply(slice, { rotation: 0, translation: [0.1, -0.05], zoom: [1, 1] }),
  );
  assert(Math.abs(movedX - (x - 4)) < 1e-9 && Math.abs(movedY - (y + 2)) < 1e-9);
});

Deno.test("affine draws within its ranges", () => {
  for (let n = 0; n < 200; n++) {
    const { rotation, translation, zoom } = affine.sample(
      affine.defaults,
      RandomStream.fromSeed(n),
    )!;
    assert(Math.abs(rotation) <= 15);
    assert(translation.every((value) => Math.abs(value) <= 0.1));
    assert(zoom.every((value) => value >= 0.8 && value <= 1.1));
  }
});
