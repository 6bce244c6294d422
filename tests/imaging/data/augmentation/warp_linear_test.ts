import { assertEquals } from "../../../deps.ts";
import { warpLinear } from "../../../../lib/imaging/data/augmentation/warp_linear.ts";

Deno.test("warpLinear() interpolates the image, picks the nearest label, replicates edges", () => {
  const slice = {
    image: Float32Array.of(0, 2, 4, 0, 2, 4),
    label: Uint8Array.of(0, 1, 2, 0, 1, 2),
    width: 3,
    height: 2,
  };
  const { image, label } = warpLinear(slice, [1, 0, 0, 1], [0.75, 0]);
  assertEquals([...image], [1.5, 3.5, 4, 1.5, 3.5, 4]);
  assertEquals([...label], [1, 2, 2, 1, 2, 2]);
});
