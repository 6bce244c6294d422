import { assertEquals, assertThrows } from "../../deps.ts";
import { lesionDetection, lesionF1 } from "../../../lib/imaging/metrics/lesion_detection.ts";

Deno.test("lesionDetection() counts a lesion as found by any voxel, and one that joins two for both", () => {
  const truth = [1, 0, 1, 0, 0, 1, 1, 0, 0], seen = [1, 1, 1, 0, 0, 0, 0, 0, 1];
  assertEquals(lesionDetection(seen, truth, 1, [9, 1, 1]), {
    ...{ reference: 3, predicted: 2, found: 2, spurious: 1, f1: 2 * 2 / (2 * 2 + 1 + 1) },
  });
});

Deno.test("lesionDetection() finds one lesion once, by however many parts, of one class alone", () => {
  const truth = [2, 2, 2, 2, 1], seen = [2, 0, 2, 0, 2];
  assertEquals(lesionDetection(seen, truth, 2, [5, 1, 1]), {
    ...{ reference: 1, predicted: 3, found: 1, spurious: 1, f1: 2 / 3 },
  });
});

Deno.test("lesionDetection() follows the policy where there is no lesion", () => {
  const of = (empty: "one" | "zero" | "exclude") =>
    lesionDetection([0], [0], 1, [1, 1, 1], empty).f1;
  assertEquals([of("one"), of("zero"), of("exclude")], [1, 0, null]);
  assertEquals(lesionDetection([1], [0], 1, [1, 1, 1], "exclude").f1, 0);
  assertEquals(lesionF1({ reference: 2, found: 0, spurious: 0 }), 0);
  assertThrows(() => lesionDetection([1], [1, 1], 1, [2, 1, 1]), TypeError, "Cannot count lesions");
});
