import { assert, assertEquals } from "../../deps.ts";
import { nnunetSummary, summaryKey } from "../../../lib/formats/scores/nnunet_summary.ts";

const files = { predictionFile: "out/a.nii.gz", referenceFile: "labelsTs/a.nii.gz" };
const cases = [
  {
    ...files,
    counts: { "1": { tp: 2, fp: 1, fn: 1, tn: 4 }, "(1, 2)": { tp: 4, fp: 0, fn: 0, tn: 4 } },
  },
  {
    ...files,
    counts: { "1": { tp: 0, fp: 0, fn: 0, tn: 8 }, "(1, 2)": { tp: 0, fp: 2, fn: 0, tn: 6 } },
  },
];

Deno.test("nnunetSummary() has nnU-Net's fields, in its order", () => {
  const summary = JSON.parse(nnunetSummary(cases).replaceAll("NaN", "null"));
  assertEquals(Object.keys(summary), ["foreground_mean", "mean", "metric_per_case"]);
  const [first, second] = summary.metric_per_case;
  assertEquals(Object.keys(first), ["metrics", "prediction_file", "reference_file"]);
  assertEquals([first.prediction_file, first.reference_file], Object.values(files));
  assertEquals(Object.entries(first.metrics["1"]), [
    ...[["Dice", 4 / 6], ["FN", 1], ["FP", 1], ["IoU", 2 / 4], ["TN", 4], ["TP", 2]],
    ...[["n_pred", 3], ["n_ref", 3]],
  ] as [string, number][]);
  assertEquals([second.metrics["1"].Dice, second.metrics["(1, 2)"].Dice], [null, 0]);
});

Deno.test("nnunetSummary() leaves a label in neither mask out of the mean over cases", () => {
  const text = nnunetSummary(cases);
  assert(text.includes('"Dice": NaN,'), "as nnU-Net writes it");
  const { mean, foreground_mean } = JSON.parse(text.replaceAll("NaN", "null"));
  assertEquals([mean["1"].Dice, mean["(1, 2)"].Dice, mean["1"].TP], [4 / 6, 0.5, 1]);
  assertEquals(foreground_mean.Dice, (4 / 6 + 0.5) / 2);
});

Deno.test("summaryKey() is a code, or a region's codes as nnU-Net has them", () => {
  assertEquals([summaryKey([3]), summaryKey([1, 2])], ["3", "(1, 2)"]);
});
