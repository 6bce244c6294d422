import { assert, assertEquals, assertThrows } from "../../../deps.ts";
import { turn } from "../../../../lib/imaging/data/augmentation/turn.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { disc } from "./disc.ts";

Deno.test("turn by quarters moves pixels without mixing them", () => {
  const slice = disc(21);
  let turned = slice;
  for (let n = 0; n < 4; n++) {
    turned = turn.apply(turned, { angle: 90 });
    assertEquals([...turned.image].sort(), [...slice.image].sort());
    assert(n === 3 || turned.label.some((value, p) => value !== slice.label[p]));
  }
  assertEquals(turned, slice);
  const half = turn.apply(turn.apply(slice, { angle: 90 }), { angle: 90 });
  assertEquals(turn.apply(slice, { angle: 180 }), half);
});

Deno.test("turn draws every multiple of its step, none as null", () => {
  const angles = new Set<number>();
  for (let n = 0; n < 200; n++) {
    angles.add(turn.sample(turn.defaults, RandomStream.fromSeed(n))?.angle ?? 0);
  }
  assertEquals([...angles].sort((a, b) => a - b), [0, 45, 90, 135, 180, 225, 270, 315]);
  assertThrows(() => turn.sample({ step: 50 }, RandomStream.fromSeed(1)), RangeError, "step is 50");
});
