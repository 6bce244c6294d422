import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { MNMS_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import { IGNORED, type Task } from "../../../lib/base/task/task.ts";
import type { PreparedCase } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import type { SliceStack } from "../../../lib/learning/models/segmenter.ts";
import { chosenScore, scoreValidation } from "../../../lib/learning/evaluation/score_validation.ts";

Deno.test("scoreValidation() gives mean IoU over all pixels and mean Dice over cases", async () => {
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
    channels: 1,
    ...square(2),
  })) as unknown as PreparedCase[];
  const scores = await scoreValidation(segmenter, cases, MNMS_TASK);
  assertEquals(scores.stnMeanIou, 1);
  assertEquals(scores.stnDice, 1);
  assertAlmostEquals(scores.ftnMeanIou!, (2 / 3 + 1 / 2 + 1 + 1) / 4, 1e-12);
  assertAlmostEquals(scores.ftnDiceLV!, 1 / 2, 1e-12);
  assertAlmostEquals(scores.ftnDice!, (1 / 2 + 1 + 1) / 3, 1e-12);
});

Deno.test("scoreValidation() scores the networks that there are, of which one is chosen by", async () => {
  const alone = {
    segment: ({ images }: SliceStack) => ({
      ftn: Uint8Array.from(images),
      entropy: new Float32Array(1),
    }),
  };
  const labels = Uint8Array.of(0, 1, 2, 3);
  const images = Float32Array.from(labels);
  const cases = [{
    id: "a",
    images,
    labels,
    slices: 1,
    channels: 1,
    ...square(2),
  }] as unknown as PreparedCase[];
  const scores = await scoreValidation(alone, cases, MNMS_TASK);
  assertEquals(Object.keys(scores).filter((name) => !name.startsWith("ftn")), []);
  assertEquals([scores[chosenScore(["ftn"])], chosenScore(["ftn", "stn"])], [1, "stnMeanIou"]);
});

Deno.test("scoreValidation() leaves out pixels that nobody labelled, and labels without codes", async () => {
  const segmenter = {
    segment: () => ({ ftn: Uint8Array.of(0, 1, 2, 3), entropy: new Float32Array(1) }),
  };
  const scoresOf = (labels: number[], task: Task) => {
    const stack = { images: new Float32Array(4), slices: 1, channels: 1, ...square(2) };
    const prepared = { id: "a", labels: Uint8Array.from(labels), ...stack };
    return scoreValidation(segmenter, [prepared as unknown as PreparedCase], task);
  };
  const known = await scoresOf([0, 1, IGNORED, IGNORED], MNMS_TASK);
  assertEquals([known.ftnMeanIou, known.ftnDice], [1, 1]);
  const wrong = await scoresOf([0, 1, 0, 0], MNMS_TASK);
  assertEquals([wrong.ftnDiceLV, wrong.ftnDiceMYO, wrong.ftnDiceRV], [1, 0, 0]);
  const lacking = {
    ...MNMS_TASK,
    labels: MNMS_TASK.labels.map((own) => own.name === "RV" ? { ...own, codes: [] } : own),
  };
  const scores = await scoresOf([0, 1, 0, 0], lacking);
  assertEquals([scores.ftnDice, "ftnDiceRV" in scores], [1 / 2, false]);
});
