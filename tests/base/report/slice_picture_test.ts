import { assertEquals } from "../../deps.ts";
import { slicePicture, tellingSlice, windowOf } from "../../../lib/base/report/slice_picture.ts";
import { UNTURNED } from "../../../lib/base/volume/orientation.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";
import { smallCase } from "../../imaging/artifacts/small_case.ts";

const ramp = {
  data: Float32Array.from({ length: 12 }, (_, n) => n),
  shape: [3, 2, 2] as const,
  affine: scalingAffine([2, 1, 8]),
};

Deno.test("slicePicture() shows a slice in a window, in mm", () => {
  const label = { ...ramp, data: Uint8Array.from({ length: 12 }, (_, n) => n % 4) };
  const picture = slicePicture(ramp, label, 1, [6, 10], UNTURNED);
  assertEquals([picture.width, picture.height, picture.aspect, picture.slice], [3, 2, 3, 1]);
  assertEquals([...picture.grey], [0, 64, 128, 191, 255, 255]);
  assertEquals([...picture.labels!], [2, 3, 0, 1, 2, 3]);
});

Deno.test("slicePicture() averages large slices down", () => {
  const data = Float32Array.from({ length: 600 * 2 }, (_, n) => n % 600 < 300 ? 0 : 1);
  const wide = { data, shape: [600, 2, 1] as const, affine: scalingAffine([1, 1, 1]) };
  const picture = slicePicture(wide, undefined, 0, [0, 1], UNTURNED);
  assertEquals([picture.width, picture.height, picture.aspect], [200, 1, 300]);
  assertEquals([picture.grey[99], picture.grey[100]], [0, 255]);
});

Deno.test("windowOf() ends at the 99.5th percentile", () => {
  assertEquals(windowOf(ramp)[0], 0);
  const [, white] = windowOf(ramp);
  assertEquals(white > 10 && white <= 11, true);
});

Deno.test("tellingSlice() is the middle one unless the artifact is elsewhere", () => {
  const { volume } = smallCase([8, 8, 5]);
  const changed = (slice: number, by: number) => {
    const data = volume.data.slice();
    for (let o = slice * 64; o < slice * 64 + 64; o++) data[o]! += by;
    return { ...volume, data };
  };
  assertEquals(tellingSlice(volume, volume), 2);
  assertEquals(tellingSlice(changed(2, 1), volume), 2);
  assertEquals(tellingSlice(changed(4, 1), volume), 4);
  assertEquals(tellingSlice({ ...volume, shape: [8, 4, 10] }, volume), 2);
});
