import { assertEquals } from "../../deps.ts";
import { segmentStack } from "../../../lib/learning/evaluation/segment_stack.ts";

Deno.test("segmentStack() gives the same stack whatever goes through at once", () => {
  const seen: number[] = [], wanted = { refinements: 2, entropy: true };
  const stepper = {
    segment(images: Float32Array, slices: number, size: number, request = {}) {
      seen.push(slices);
      assertEquals(images.length, slices * size * size);
      const classes = Uint8Array.from(images, (value) => value % 4);
      assertEquals(request, wanted);
      const stn = classes.map((value) => 3 - value);
      const entropy = Float32Array.from({ length: slices }, (_, n) => images[n * size * size]!);
      return { ftn: classes, stn, reconstruction: images, entropy, passes: [stn, classes] };
    },
  };
  const images = Float32Array.from({ length: 5 * 4 }, (_, i) => i);
  const stack = { images, slices: 5, size: 2 };
  assertEquals(segmentStack(stepper, stack, 2, wanted), segmentStack(stepper, stack, 5, wanted));
  assertEquals(seen, [2, 2, 1, 5]);
});
