import type { LabelledSlice } from "../../../../lib/imaging/data/augmentation/slice_transform.ts";

/** A slice with a disc of class 2 right of and below the centre, on a slope. */
export function disc(size: number): LabelledSlice {
  const image = new Float32Array(size * size);
  const label = new Uint8Array(size * size);
  for (let n = 0; n < image.length; n++) {
    const [x, y] = [n % size, Math.floor(n / size)];
    const inside = Math.hypot(x - size * 0.6, y - size * 0.55) < size / 5;
    label[n] = inside ? 2 : 0;
    image[n] = inside ? 0.9 : 0.3 * x / size;
  }
  return { image, label, width: size, height: size };
}
