import { channelsFirst, channelsLast } from "../../../../lib/imaging/data/batches/channels_last.ts";
import { assert, assertEquals, fc } from "../../../deps.ts";

Deno.test("channelsLast() brings the channels of each pixel together", () => {
  // Two slices of three pixels, with two channels: tens are channels, hundreds slices.
  const planes = Float32Array.of(1, 2, 3, 11, 12, 13, 101, 102, 103, 111, 112, 113);
  const wanted = [1, 11, 2, 12, 3, 13, 101, 111, 102, 112, 103, 113];
  assertEquals([...channelsLast(planes, 2, 3)], wanted);
});

Deno.test("channelsFirst() undoes channelsLast(), and one channel is left as it is", () => {
  const count = fc.integer({ min: 1, max: 5 });
  fc.assert(fc.property(count, count, count, (slices, channels, pixels) => {
    const planes = Float32Array.from({ length: slices * channels * pixels }, (_, n) => n);
    const back = channelsFirst(channelsLast(planes, channels, pixels), channels, pixels);
    assertEquals(back, planes);
  }));
  const one = new Float32Array(4);
  assert(channelsLast(one, 1, 4) === one);
  assert(channelsFirst(one, 1, 4) === one);
});
