import { assertEquals } from "../../../deps.ts";
import type { Evaluation } from "../../../../lib/formats/run_folder/evaluation.ts";
import { cautionsOf } from "../../../../lib/workflows/study/results/cautions.ts";
import { distancePenalties } from "../../../../lib/workflows/study/results/distance_penalties.ts";
import { distancesOf } from "../../../../lib/workflows/study/results/distances.ts";

const volume = (set: string, LV: number | null, RV: number | null) => {
  const distances = { byLabel: { LV, RV }, mean: null };
  return { set, errors: { ftn: { hd95Mm: distances, assdMm: distances } } };
};
const evaluation = {
  labels: ["LV", "RV"],
  sets: {
    "site A": { ftn: { byLabel: { LV: 0.9 } } },
    "site B": { ftn: { byLabel: { LV: 0.9, RV: 0 } }, unlabelled: ["RV"] },
  },
  seen: [{ set: "site A", subject: "a", part: "train", by: "voxels", as: "b" }],
  volumes: [volume("site A", 2, 6), volume("site A", 4, null), volume("site B", 8, 0)],
} as unknown as Evaluation;
const column = (name: string, ...sets: string[]) => ({
  ...{ name, title: name, kind: "intra", sets } as const,
});
const row = { method: "full", trainingSubjects: null, results: [{ evaluation }] };

Deno.test("distancesOf() tells on how many masks of all distances were measured", () => {
  const [own, other, ...none] = distancesOf(row, [
    column("intra", "site A"),
    column("site B", "site B"),
    column("nothing", "site C"),
  ]);
  assertEquals(none, []);
  // LV (2 + 4) / 2, RV 6, then over labels.
  assertEquals([own!.hd95Mm, own!.measured, own!.masks, own!.network], [4.5, 3, 4, "ftn"]);
  assertEquals([other!.assdMm, other!.measured, other!.masks], [8, 1, 1]);
});

Deno.test("distancesOf() counts the penalty for masks without a distance", () => {
  const punished = { ...evaluation, distancePenaltyMm: 10 };
  const all = { ...row, results: [{ evaluation: punished }] };
  const [own] = distancesOf(all, [column("intra", "site A")]);
  assertEquals([own!.hd95Mm, own!.measured, own!.masks], [5.5, 3, 4]);
});

Deno.test("cautionsOf() tells of subjects that were trained on, and of absent labels", () => {
  assertEquals(cautionsOf([evaluation, evaluation]).map((line) => line.slice(0, 34)), [
    "site A holds subjects that a run s",
    "site A has no label for RV: its me",
    "No label of site B holds RV: left ",
  ]);
  assertEquals(cautionsOf([{ labels: [], sets: {}, empty: "skip", volumes: [] }]), []);
});

Deno.test("distancesOf() takes no mean over the parts of regions", () => {
  const whole = { ...row, results: [{ evaluation: { ...evaluation, parts: ["RV"] } }] };
  const [own] = distancesOf(whole, [column("intra", "site A")]);
  assertEquals([own!.hd95Mm, own!.measured, own!.masks], [3, 2, 2]);
});

Deno.test("distancePenalties() has what evaluations count, where any mask lacks a distance", () => {
  const measured = { ...evaluation, volumes: [volume("site A", 2, 6)] } as unknown as Evaluation;
  const punished = { ...evaluation, distancePenaltyMm: 10 };
  assertEquals(distancePenalties([evaluation, punished, measured]), [null, 10]);
  assertEquals(distancePenalties([punished, measured]), [10]);
  // what counts in no mean lacks nothing
  assertEquals(distancePenalties([{ ...evaluation, parts: ["RV"] }, punished]), [10]);
  assertEquals(distancePenalties([measured, { ...measured, distancePenaltyMm: 9 }]), [null]);
});
