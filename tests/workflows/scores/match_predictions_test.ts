import { assertEquals } from "../../deps.ts";
import { matchPredictions } from "../../../lib/workflows/scores/match_predictions.ts";
import type { Reference } from "../../../lib/workflows/scores/references.ts";

const reference = (id: string, ...namesakes: string[]): Reference => ({
  ...{ id, subject: id, frame: "1", domain: "labels", paths: [namesakes[0]!], masks: [] },
  namesakes: namesakes.map((place) => `data/${place}`),
  places: namesakes,
});
const match = (references: readonly Reference[], ...names: string[]) => {
  const paths = names.map((name) => `out/${name}`);
  const { matched, failures, spare } = matchPredictions(references, "out", paths);
  return {
    pairs: matched.map(({ reference, prediction }) => `${reference.id} ${prediction.slice(4)}`),
    failures: failures.map(({ reference, message }) => `${reference.id}: ${message}`),
    spare,
  };
};

Deno.test("matchPredictions() goes by nnU-Net's names, the label's, the image's and the case's", () => {
  const { pairs, spare, failures } = match(
    [
      reference("a", "labelsTs/a.nii.gz", "imagesTs/a_0000.nii.gz"),
      reference("b_ED", "b/b_sa_ED_gt.nii.gz", "b/b_sa_ED.nii.gz"),
      reference("c", "c/label.nii", "c/image.nii"),
      reference("d", "labelsTs/d.nii.gz", "imagesTs/d_0000.nii.gz"),
    ],
    ...["a.nii.gz", "b_sa_ED_pred.nii.gz", "c.nii.gz", "x/d_0000.nii.gz", "e.nii.gz"],
  );
  assertEquals(pairs, [
    "a a.nii.gz",
    "b_ED b_sa_ED_pred.nii.gz",
    "c c.nii.gz",
    "d x/d_0000.nii.gz",
  ]);
  assertEquals([spare, failures], [["out/e.nii.gz"], []]);
});

Deno.test("matchPredictions() tells files of one name apart by their places, or says that it cannot", () => {
  const both = [
    reference("p1", "p1/gt.nii.gz", "p1/ED.nii.gz"),
    reference("p2", "p2/gt.nii.gz", "p2/ED.nii.gz"),
  ];
  assertEquals(match(both, "p1/ED.nii.gz", "p2/ED.nii.gz").pairs, [
    "p1 p1/ED.nii.gz",
    "p2 p2/ED.nii.gz",
  ]);
  assertEquals(match(both, "ED.nii.gz").failures.map((text) => text.slice(0, 41)), [
    "p1: out/ED.nii.gz has the name of several",
    "p2: out/ED.nii.gz has the name of several",
  ]);
  assertEquals(match(both.slice(0, 1), "x/ED.nii.gz", "y/ED.nii.gz").failures, [
    "p1: several predictions have its name: out/x/ED.nii.gz, out/y/ED.nii.gz",
  ]);
  assertEquals(match(both.slice(1), "z.nii.gz").failures, [
    "p2: out holds no prediction of its name (gt.nii.gz)",
  ]);
});

Deno.test("matchPredictions() takes probabilities as those of a prediction, and as no other one", () => {
  const { matched, spare } = matchPredictions([reference("a", "a.nii.gz")], "out", [
    ...["out/a.nii.gz", "out/a_probabilities.nii.gz", "out/a_entropy.nii.gz"],
  ]);
  assertEquals([matched[0]!.probabilities, spare], ["out/a_probabilities.nii.gz", []]);
});
