import { assert, assertEquals } from "../../../deps.ts";
import {
  applyAugmentation,
  sampleAugmentation,
  TURNED_POLICY,
} from "../../../../lib/imaging/data/augmentation/policy.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { disc } from "./disc.ts";

Deno.test("applyAugmentation() replays parameters that went through JSON, and spares its input", () => {
  for (let n = 0; n < 20; n++) {
    const params = sampleAugmentation(TURNED_POLICY, RandomStream.fromSeed(n));
    const slice = disc(28);
    const result = applyAugmentation(slice, params);
    assertEquals(applyAugmentation(disc(28), JSON.parse(JSON.stringify(params))), result);
    assertEquals(slice, disc(28));
    assert(result.image.every(Number.isFinite) && result.label.every((label) => label < 4));
  }
});

Deno.test("sampleAugmentation() gives each step a stream of its own and merges options", () => {
  const rng = RandomStream.fromSeed(3);
  const never = sampleAugmentation([
    { name: "brightnessContrast", options: { probability: 0 } },
    { name: "affine", options: { rotation: [5, 5] } },
  ], rng);
  assertEquals(never.map(({ name }) => name), ["affine"]);
  assertEquals((never[0]!.params as { rotation: number }).rotation, 5);
  const always = sampleAugmentation([
    { name: "brightnessContrast", options: { probability: 1 } },
    { name: "affine", options: { rotation: [5, 5] } },
  ], rng);
  assertEquals(always[1], never[0]);
});

Deno.test("TURNED_POLICY takes each step as often as published", () => {
  const counts = new Map<string, number>();
  for (let n = 0; n < 2000; n++) {
    for (const { name } of sampleAugmentation(TURNED_POLICY, RandomStream.fromSeed(n))) {
      counts.set(name, (counts.get(name) ?? 0) + 1 / 2000);
    }
  }
  const wanted = { flip: 0.36, brightnessContrast: 0.5, affine: 1, turn: 7 / 8, elastic: 0.5 };
  for (const [name, share] of Object.entries(wanted)) {
    assert(Math.abs(counts.get(name)! - share) < 0.04, `${name}: ${counts.get(name)}`);
  }
});
