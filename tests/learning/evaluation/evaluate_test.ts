import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { classDice, diceOver } from "../../../lib/learning/evaluation/class_dice.ts";
import { evaluateSets } from "../../../lib/learning/evaluation/evaluate.ts";
import { evaluateSeverities } from "../../../lib/learning/evaluation/evaluate_severities.ts";
import { PreparedCases } from "../../../lib/learning/evaluation/prepared_cases.ts";
import { phantomCases } from "../../../lib/imaging/data/cases/phantom_cases.ts";
import { MNMS_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import { preparationSchema } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import { scoredLabels } from "../../../lib/learning/evaluation/scored_labels.ts";
import type { SliceStack } from "../../../lib/learning/models/segmenter.ts";
import { FakeStepper } from "../training/fake_stepper.ts";
import { OBLIQUE, tinyHeart } from "../../imaging/data/tiny_heart.ts";

const cases = phantomCases("A", 1, 0);
const sets = new Map(
  [["site A", { kind: "intra", cases }], ["none", { kind: "cross", cases: [] }]] as const,
);
const preparation = { ...preparationSchema.parse({}), size: square(32), spacing: 6 };
/** How a run of this task scores. */
const configOf = async (...set: string[]) => {
  const { evaluation } = await resolveConfig({ set: ["evaluation.grid=network", ...set] });
  return { data: { task: MNMS_TASK, preparation }, evaluation };
};

Deno.test("evaluateSets() names subject and frame of each volume, and the kind of each set", async () => {
  const found = await evaluateSets(new FakeStepper(), sets, await configOf());
  assertEquals(Object.entries(found.sets).map(([name, { kind }]) => [name, kind]), [
    ["site A", "intra"],
  ]);
  const wanted = cases.map(({ id, subject, frame }) => ({ id, subject, frame }));
  assertEquals(found.volumes.map(({ id, subject, frame }) => ({ id, subject, frame })), wanted);
});

Deno.test("evaluateSets() flags what both networks differ in, entropy and reconstruction error", async () => {
  const [size, other] = [32 * 32, new Uint8Array(32 * 32)];
  const stepper = {
    segment({ images, slices }: SliceStack) {
      const ftn = Uint8Array.from(images, (_, n) => n % size < 64 ? 1 : 0);
      // Half of the class, and two more that the other network does not see.
      other.fill(0).fill(1, 0, 32).fill(2, 100, 110).fill(3, 200, 210);
      const stn = Uint8Array.from(images, (_, n) => other[n % size]!);
      const reconstruction = images.map((value) => value - 0.5);
      return {
        ftn,
        stn,
        reconstruction,
        entropy: Float32Array.from({ length: slices }, (_, n) => n),
      };
    },
  };
  const config = await configOf();
  const { volumes: [{ flags }] } = await evaluateSets(stepper, sets, config) as never as {
    volumes: [{ flags: { disagreement: number; entropy: number; reconstructionError: number } }];
  };
  const { shape: [, , slices] } = await cases[0]!.outline();
  assertAlmostEquals(flags.disagreement, 1 - (2 / 3 + 0 + 0) / 3, 1e-6);
  assertAlmostEquals(flags.entropy, (slices - 1) / 2, 1e-6);
  assertAlmostEquals(flags.reconstructionError, 0.25, 1e-6);
  const alone = await evaluateSets(new FakeStepper(["ftn"]), sets, config);
  assertEquals(alone.volumes.map((volume) => volume.flags), [{ entropy: 0.5 }, { entropy: 0.5 }]);
});

Deno.test("evaluateSets() gives the Dice after each pass where there are several", async () => {
  const [once, twice] = [
    await evaluateSets(new FakeStepper(), sets, await configOf()),
    await evaluateSets(new FakeStepper(), sets, await configOf("evaluation.refinements=2")),
  ];
  const [volume] = twice.volumes;
  assertEquals([once.volumes[0]!.passes, volume!.passes?.length], [undefined, 2]);
  assertEquals(volume!.passes![0], volume!.stn!["mean"]);
  assertEquals(volume!.passes![1], 0);
  assert(volume!.stn!.mean! > 0);
});

Deno.test("evaluateSets() and evaluateSeverities() take prepared cases, with the same numbers", async () => {
  const config = await configOf(), kept = new PreparedCases(), stepper = new FakeStepper();
  const cases = ["first", "second"].map((id) => tinyHeart(OBLIQUE, id).source);
  const sets = new Map([["hearts", { kind: "intra", cases }]] as const);
  let asked = 0;
  const prepare: typeof kept.prepare = (...which) => (asked++, kept.prepare(...which));
  const plain = await evaluateSeverities(stepper, cases, config);
  const whole = await evaluateSets(stepper, sets, config);
  const { dice, byCase, subjects } = plain!;
  assertEquals(subjects, ["first", "second"]);
  for (const [artifact, { ftn }] of Object.entries(dice)) {
    assertEquals(byCase![artifact]!.ftn.map((own) => (own[0]! + own[1]!) / 2), ftn);
  }
  for (let round = 0; round < 2; round++) {
    assertEquals(await evaluateSeverities(stepper, cases, config, { prepare }), plain);
    assertEquals(await evaluateSets(stepper, sets, config, { prepare }), whole);
  }
  // 2 volumes: as they are, 4 artifacts of 5 severities, and the set.
  assertEquals(asked, 2 * (2 * 21 + 2));
});

Deno.test("diceOver() has the mean over the classes, by what one in neither mask counts", () => {
  const labels = scoredLabels(MNMS_TASK);
  const found = classDice(Uint8Array.of(1, 1, 2, 0), Uint8Array.of(1, 0, 2, 0), labels);
  assertEquals(found, { LV: 2 / 3, MYO: 1, RV: null });
  const meanBy = (rule: "skip" | "one" | "zero") => diceOver(found, labels, rule).mean!;
  assertAlmostEquals(meanBy("skip"), (2 / 3 + 1) / 2, 1e-12);
  assertAlmostEquals(meanBy("one"), (2 / 3 + 1 + 1) / 3, 1e-12);
  assertAlmostEquals(meanBy("zero"), (2 / 3 + 1) / 3, 1e-12);
});

Deno.test("evaluateSets() leaves the labels that a set lacks out of its scores alone", async () => {
  const config = await configOf();
  const labels = MNMS_TASK.labels.map((own) => own.name === "MYO" ? { ...own, codes: [] } : own);
  const found = await evaluateSets(
    new FakeStepper(),
    new Map([
      ["whole", { kind: "intra", cases }],
      ["lacking", { kind: "cross", cases, task: { ...MNMS_TASK, labels } }],
    ]),
    config,
  );
  assertEquals(found.labels, ["LV", "MYO", "RV"]);
  const whole = found.sets["whole"]!, lacking = found.sets["lacking"]!;
  const { LV, MYO, RV } = whole.ftn.byLabel as { LV: number; MYO: number; RV: number };
  assert(MYO !== (LV + RV) / 2);
  assertEquals(lacking.ftn.byLabel, { LV, RV });
  assertAlmostEquals(lacking.ftn.mean!, (LV + RV) / 2, 1e-12);
  assertEquals(Object.keys(lacking.errors.ftn.measured), ["LV", "RV"]);
  const volume = found.volumes.find(({ set }) => set === "lacking")!;
  assertEquals(Object.keys(volume.errors.ftn.assdMm.byLabel), ["LV", "RV"]);
});

Deno.test("evaluateSets() takes the calibration of each network, where a set knows all labels", async () => {
  const labels = MNMS_TASK.labels.map((own) => own.name === "MYO" ? { ...own, codes: [] } : own);
  const found = await evaluateSets(
    new FakeStepper(),
    new Map([
      ["whole", { kind: "intra", cases }],
      ["lacking", { kind: "cross", cases, task: { ...MNMS_TASK, labels } }],
    ]),
    await configOf(),
  );
  const { ftn, stn } = found.sets["whole"]!.calibration!;
  assertEquals(ftn, stn!);
  assertEquals([ftn.cases, ftn.counts.length], [2, 15]);
  assert(ftn.ece! > 0 && ftn.ece! < 1);
  const counted = (n: number) => found.volumes.filter(({ set }) => set === "whole")[n]!.ece!;
  assert(counted(0).ftn! > 0 && counted(1).stn! > 0 && counted(0).ftn !== counted(1).ftn);
  assertEquals(found.sets["lacking"]!.calibration, undefined);
});
