import { assert, assertAlmostEquals, assertEquals, fc } from "../../deps.ts";
import { assd } from "../../../lib/imaging/metrics/assd.ts";
import { hausdorff, hausdorff95 } from "../../../lib/imaging/metrics/hausdorff.ts";
import { surfaceDice } from "../../../lib/imaging/metrics/surface_dice.ts";
import {
  type SurfaceDistances,
  surfaceDistances,
} from "../../../lib/imaging/metrics/surface_distances.ts";

const listed = (fromPrediction: number[], fromReference: number[]): SurfaceDistances => ({
  fromPrediction: Float64Array.from(fromPrediction),
  fromReference: Float64Array.from(fromReference),
});

Deno.test("hausdorff() is the greatest distance of either way", () => {
  assertEquals(hausdorff(listed([0, 4], [1, 7])), 7);
  assertEquals(hausdorff(listed([0, 8], [1, 7])), 8);
});

Deno.test("hausdorff95() is the percentile of both ways, linear between neighbours", () => {
  const tens = Array.from({ length: 10 }, (_, n) => n);
  // 0, 0, 1, 1, ... 9, 9: place 0.95 * 19 = 18.05 of 9 and 9
  assertEquals(hausdorff95(listed(tens, tens)), 9);
  // 0 to 19, unsorted: place 18.05
  const far = tens.map((n) => n + 10).reverse();
  assertAlmostEquals(hausdorff95(listed(far, tens)), 18.05, 1e-12);
  assertEquals(hausdorff95(listed([2], [2])), 2);
});

Deno.test("hausdorff() and hausdorff95() of boxes shifted along the slices", () => {
  const shape = [8, 8, 6] as const, data = [new Uint8Array(384), new Uint8Array(384)] as const;
  for (const [n, mask] of data.entries()) {
    for (let k = 1; k < 4; k++) {
      for (let j = 2; j < 6; j++) {
        mask.fill(1, 2 + 8 * (j + 8 * (k + n)), 6 + 8 * (j + 8 * (k + n)));
      }
    }
  }
  const distances = surfaceDistances(...data, 1, { shape, spacing: [1.25, 1.25, 10] });
  // Of 48 - 4 surface voxels, the 16 of the far face are a slice off; of the other face, 12 lie on the
  // other box's ring and the 4 between them a pixel beside it.
  const want = [...new Array(24).fill(0), ...new Array(4).fill(1.25), ...new Array(16).fill(10)];
  for (const list of Object.values(distances)) assertEquals([...list.sort()], want);
  assertEquals([hausdorff(distances), hausdorff95(distances)], [10, 10]);
  assertEquals(assd(distances), 165 / 44);
});

Deno.test("hausdorff() and hausdorff95() of empty masks", () => {
  for (const metric of [hausdorff, hausdorff95]) {
    assertEquals([metric(listed([], [])), metric(listed([], []), "exclude")], [0, null]);
    for (const one of [listed([Infinity], []), listed([], [Infinity])]) {
      assertEquals([metric(one), metric(one, "exclude")], [Infinity, Infinity]);
    }
  }
});

const mask = fc.uint8Array({ min: 0, max: 2, minLength: 60, maxLength: 60 });
const step = fc.integer({ min: 1, max: 40 }).map((n) => n / 4);

Deno.test("surface metrics are symmetric, ordered, and perfect for equal masks", () => {
  fc.assert(fc.property(mask, mask, fc.tuple(step, step, step), (a, b, spacing) => {
    const measure = (x: Uint8Array, y: Uint8Array) => {
      const distances = surfaceDistances(x, y, 1, { shape: [5, 4, 3], spacing });
      return [hausdorff(distances), hausdorff95(distances), assd(distances)] as const;
    };
    const [hd, hd95, mean] = measure(a, b);
    assert(hd >= hd95 && hd95 >= 0 && mean >= 0, `${hd}, ${hd95}, ${mean}`);
    assertEquals(measure(b, a), [hd, hd95, mean]);
    assertEquals(measure(a, a), [0, 0, 0]);
    const distances = surfaceDistances(a, b, 1, { shape: [5, 4, 3], spacing });
    const share = surfaceDice(distances, 2), wider = surfaceDice(distances, 4);
    assert(share >= 0 && wider >= share && wider <= 1);
    assertEquals(surfaceDice(distances, Number.isFinite(hd) ? hd : 0), Number.isFinite(hd) ? 1 : 0);
  }));
});
