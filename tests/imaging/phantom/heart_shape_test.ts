import { assert, assertAlmostEquals, fc } from "../../deps.ts";
import { sampleAnatomy } from "../../../lib/imaging/phantom/anatomy.ts";
import { bullet, heartSlice, leftSize } from "../../../lib/imaging/phantom/heart_shape.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

Deno.test("bullet() starts at a point, is widest below the base and a little narrower there", () => {
  assert(bullet(-0.1) === 0 && bullet(0) === 0);
  assertAlmostEquals(bullet(0.7), 1, 1e-12);
  assert(bullet(1) < 1 && bullet(1) > 0.85);
});

Deno.test("leftSize() shrinks and shortens the cavity and thickens the wall at end systole", () => {
  fc.assert(fc.property(fc.nat(), (seed) => {
    const anatomy = sampleAnatomy(RandomStream.fromSeed(seed));
    const ed = leftSize(anatomy, "ED"), es = leftSize(anatomy, "ES");
    const volume = (s: typeof ed) => s.length * s.radius ** 2;
    const muscle = (s: typeof ed) => s.length * ((s.radius + s.wall) ** 2 - s.radius ** 2);
    assertAlmostEquals(muscle(es) / muscle(ed), 0.96, 1e-9);
    return volume(es) < volume(ed) && es.wall > ed.wall;
  }));
});

Deno.test("heartSlice() nests the outlines and has no cavity below the apex", () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: -20, max: 110, noNaN: true }), (seed, height) => {
      const anatomy = sampleAnatomy(RandomStream.fromSeed(seed));
      const slice = heartSlice(anatomy, seed % 2 ? "ED" : "ES", height, 10);
      if (height < 0) assert(slice.endo.every((radius) => radius === 0));
      return slice.epi.every((radius, i) =>
        slice.right[i]! >= radius && (radius === 0 || radius > slice.endo[i]! + 1)
      );
    }),
  );
});

Deno.test("heartSlice() puts the right ventricle on the septum's side", () => {
  const anatomy = sampleAnatomy(RandomStream.fromSeed(2));
  const slice = heartSlice(anatomy, "ED", anatomy.left.lengthMm * 0.8, 10);
  const depth = (angle: number) => {
    const i = Math.round(angle / (2 * Math.PI) * slice.epi.length) % slice.epi.length;
    return slice.right[i]! - slice.epi[i]!;
  };
  assert(depth(slice.septum) > 15);
  assert(depth(slice.septum + Math.PI) === 0);
});
