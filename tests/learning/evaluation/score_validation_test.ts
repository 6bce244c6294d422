import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import type { PreparedCase } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import type { SliceStack } from "../../../lib/learning/models/segmenter.ts";
import { chosenScore, scoreValidation } from "../../../lib/learning/evaluation/score_validation.ts";

Deno.test("scoreValidation() gives mean IoU over all pixels and mean Dice over cases", () => {
  // Two slices of 2 x 2, one a case; the fast network errs in one pixel of the first.
  const truth = [[0, 1, 2, 3], [0, 1, 2, 3]];
  const segmenter = {
    segment: ({ images, slices }: SliceStack) => {
      assertEquals(slices, 1);
      const stn = Uint8Array.from(images);
      const ftn = images[0] === 0 ? Uint8Array.of(0, 0, 2, 3) : Uint8Array.of(0, 1, 2, 3);
      return {
        ftn,
        stn: stn.map((v, i) => i === 0 ? 0 : v),
        reconstruction: images,
        entropy: new Float32Array(1),
      };
    },
  };
  const cases = truth.map((labels, n) => ({
    id: `${n}`,
    images: Float32Array.of(n, 1, 2, 3),
    labels: Uint8Array.from(labels),
    slices: 1,
    size: 2,
  })) as unknown as PreparedCase[];
  const scores = scoreValidation(segmenter, cases);
  assertEquals(scores.stnMeanIou, 1);
  assertEquals(scores.stnDice, 1);
  assertAlmostEquals(scores.ftnMeanIou!, (2 / 3 + 1 / 2 + 1 + 1) / 4, 1e-12);
  assertAlmostEquals(scores.ftnDiceLV!, 1 / 2, 1e-12);
  assertAlmostEquals(scores.ftnDice!, (1 / 2 + 1 + 1) / 3, 1e-12);
});

Deno.test("scoreValidation() scores the networks that there are, of which one is chosen by", () => {
  const alone = {
    segment: ({ images }: SliceStack) => ({
      ftn: Uint8Array.from(images),
      entropy: new Float32Array(1),
    }),
  };
  const labels = Uint8Array.of(0, 1, 2, 3);
  const images = Float32Array.from(labels);
  const cases = [{ id: "a", images, labels, slices: 1, size: 2 }] as unknown as PreparedCase[];
  const scores = scoreValidation(alone, cases);
  assertEquals(Object.keys(scores).filter((name) => !name.startsWith("ftn")), []);
  assertEquals([scores[chosenScore(["ftn"])], chosenScore(["ftn", "stn"])], [1, "stnMeanIou"]);
});
