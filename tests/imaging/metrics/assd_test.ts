import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import { assd } from "../../../lib/imaging/metrics/assd.ts";
import { surfaceDistances } from "../../../lib/imaging/metrics/surface_distances.ts";

const compare = (prediction: number[], reference: number[]) =>
  surfaceDistances(prediction, reference, 1, { shape: [4, 2, 1], spacing: [1.5, 2, 10] });

Deno.test("assd() is the mean of the means of both ways", () => {
  // to the reference 0, 1.5, 3 and 2 mm; back 0
  assertAlmostEquals(
    assd(compare([1, 1, 1, 0, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0])),
    6.5 / 8,
    1e-12,
  );
  assertEquals(assd(compare([1, 1, 0, 0, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0, 0, 0])), 2.25);
});

Deno.test("assd() of empty masks", () => {
  const none = new Array(8).fill(0), one = [...none.slice(1), 1];
  const nowhere = compare(none, none);
  assertEquals([assd(nowhere), assd(nowhere, "exclude")], [0, null]);
  for (const half of [compare(one, none), compare(none, one)]) {
    assertEquals([assd(half), assd(half, "exclude")], [Infinity, Infinity]);
  }
});
