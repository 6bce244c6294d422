import { assert, assertEquals } from "../../deps.ts";
import { sampleAnatomy } from "../../../lib/imaging/phantom/anatomy.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

Deno.test("sampleAnatomy() gives plain JSON that the stream alone decides", () => {
  const draw = (seed: number) => sampleAnatomy(RandomStream.fromSeed(seed));
  assertEquals(draw(3), draw(3));
  assertEquals(JSON.parse(JSON.stringify(draw(3))), draw(3));
  assert(JSON.stringify(draw(3)) !== JSON.stringify(draw(4)));
});

Deno.test("sampleAnatomy() draws every type of heart, each by its own ranges", () => {
  const rng = RandomStream.fromSeed(0);
  const counts = new Map<string, number>();
  for (let i = 0; i < 400; i++) {
    const { kind, left, right, chest } = sampleAnatomy(rng);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (kind === "dilated") assert(left.radiusMm >= 30 && left.radialContraction >= 0.8);
    if (kind === "hypertrophic") assert(left.wallMm >= 12);
    if (kind === "rightDilated") assert(right.depthMm >= 33);
    // The trunk's front lies before the heart.
    const front = chest.centreMm[1] - chest.halfSizeMm[1];
    assert(front < -(left.radiusMm + left.wallMm + chest.fatMm));
  }
  assertEquals([...counts.keys()].sort(), ["dilated", "hypertrophic", "normal", "rightDilated"]);
  assert(Math.abs(counts.get("normal")! / 400 - 0.5) < 0.1);
});
