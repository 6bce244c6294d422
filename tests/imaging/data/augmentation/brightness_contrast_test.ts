import { assertAlmostEquals, assertEquals } from "../../../deps.ts";
import { brightnessContrast } from "../../../../lib/imaging/data/augmentation/brightness_contrast.ts";

Deno.test("brightnessContrast stays within the slice's own range and leaves labels", () => {
  const slice = {
    image: Float32Array.of(0.2, 0.5, 0.6, 0.9),
    label: Uint8Array.of(0, 1, 2, 3),
    width: 2,
    height: 2,
  };
  const { image, label } = brightnessContrast.apply(slice, { contrast: 1.2, brightness: 0.1 });
  [0.34, 0.7, 0.82, 0.9].forEach((wanted, n) => assertAlmostEquals(image[n]!, wanted, 1e-6));
  assertEquals(label, slice.label);
});
