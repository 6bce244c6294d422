import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { decodePng } from "../../../lib/base/deps/png.ts";
import { readEvents } from "../../../lib/formats/tensorboard/read_events.ts";
import { evaluateSets } from "../../../lib/learning/evaluation/evaluate.ts";
import { RunExistsError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { runTestSets } from "../../../lib/learning/evaluation/run_test_sets.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { fullDisk } from "../../full_disk.ts";
import { FakeStepper } from "../../learning/training/fake_stepper.ts";
import { createStepper, inFolder, names, tinyConfig } from "./tiny_run.ts";

type ErrorClass = typeof ConfigError | typeof DatasetError;

Deno.test("startRun() leaves exactly the files of a run folder, with an evaluation", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    const notices: string[] = [], told: (readonly [volumes: number, total: number])[] = [];
    const config = await tinyConfig(dir, "phantom.otherSubjects=1");
    const result = await startRun(config, {
      createStepper,
      clock: () => 12.5,
      onEvaluation: (...counts) => told.push(counts),
      onNotice: (line) => notices.push(line),
    });
    const total = told[0]![1];
    assertEquals(told, Array.from({ length: total }, (_, volumes) => [volumes, total] as const));
    assertEquals(names(dir), [
      ...[
        "best.safetensors",
        "config.json",
        "contents.json",
        "data.json",
        "division.json",
        "evaluation.json",
        "events.out.tfevents.tandem",
        "last.safetensors",
      ],
      ...["log.jsonl", "loss_curves.png", "metrics.csv", "severity_curves.png"],
      ...["slices.png", "versions.json"],
    ]);
    const evaluation = JSON.parse(await Deno.readTextFile(`${dir}/evaluation.json`));
    assertEquals(evaluation, { format: 4, ...result.evaluation } as unknown);
    assertEquals(Object.keys(evaluation.sets), [
      ...["site A", "site B", "site C", "site D", "site E"],
      ...["RandBias", "RandSpike", "RandGhost", "RandMotion"],
    ]);
    // of the training site's test subject alone
    assertEquals(evaluation.sets.RandMotion.cases, 2);
    assertEquals(Object.keys(evaluation.severities.dice), ["bias", "spike", "ghosting", "motion"]);
    const { stn } = evaluation.severities.dice.spike;
    assert(stn.length === 6 && new Set(stn).size > 3, `Dice by severity is ${stn}`);
    const { cases, ftn, errors } = evaluation.sets["site A"];
    assertEquals(evaluation.labels, ["LV", "MYO", "RV"]);
    assertEquals([cases, Object.keys(ftn.byLabel)], [2, ["LV", "MYO", "RV"]]);
    const { LV, MYO, RV } = ftn.byLabel;
    assert(Math.abs(ftn.mean - (LV + MYO + RV) / 3) < 1e-12);
    assertEquals(evaluation.empty, "skip");
    assert(errors.ftn.hd95Mm.byLabel.LV > 0 && errors.stn.assdMm.mean > 0, JSON.stringify(errors));
    const { errors: { stn: first }, set } = evaluation.volumes[0];
    assertEquals(set, "site A");
    for (const { byLabel } of [first.volumeErrorMl, first.volumeErrorPercent]) {
      assert(Math.abs(byLabel.RV) > 0);
    }
    const data = JSON.parse(await Deno.readTextFile(`${dir}/data.json`));
    assertEquals(data.task.labels.slice(1).map(({ name }: { name: string }) => name), [
      ...evaluation.labels,
    ]);
    assertEquals([data.preparation.size, data.fingerprint], [{ height: 16, width: 16 }, null]);
    assert(notices.join().includes("test"));
    const scalars = await readEvents(`${dir}/events.out.tfevents.tandem`);
    assertEquals(new Set(scalars.map(({ wallTime }) => wallTime)), new Set([12.5]));
    assert(scalars.at(-1)!.scalars["validation/stnDice"]! >= 0, JSON.stringify(scalars.at(-1)));
    assert(decodePng(await Deno.readFile(`${dir}/slices.png`)).width > 100);
    const division = JSON.parse(await Deno.readTextFile(`${dir}/division.json`));
    assertEquals([division.train.length, division.validation.length, division.test.length], [
      ...[1, 1, 1],
    ]);
  }));

Deno.test("startRun() records no severities where the run has no test subjects of its own", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    const config = await tinyConfig(dir, "data.testFraction=0", "phantom.otherSubjects=1");
    const { evaluation } = await startRun(config, { createStepper });
    assertEquals(Object.keys(evaluation!.sets), ["site B", "site C", "site D", "site E"]);
    assertEquals(Object.hasOwn(evaluation!, "severities"), false);
    assertEquals(names(dir).includes("severity_curves.png"), false);
  }));

Deno.test("startRun() takes another evaluation in the place of its own, and saves it", () =>
  inFolder(async (parent) => {
    const config = await tinyConfig(`${parent}/run`, "output.pictures=false");
    let given: string[] = [];
    const result = await startRun(config, {
      createStepper,
      async evaluate({ segmenter, config, cases, onNotice }) {
        assertEquals(segmenter.networks, ["ftn", "stn"]);
        onNotice?.("evaluating");
        const sets = runTestSets(cases, config);
        given = [...sets.keys()];
        return await evaluateSets(segmenter, new Map([...sets].slice(0, 1)), config);
      },
    });
    assertEquals(given, ["site A", "RandBias", "RandSpike", "RandGhost", "RandMotion"]);
    const saved = JSON.parse(await Deno.readTextFile(`${parent}/run/evaluation.json`));
    assertEquals([Object.keys(saved.sets), saved], [["site A"], {
      format: 4,
      ...result.evaluation,
    }]);
  }));

Deno.test("startRun() keeps hard examples where it is asked to, of training cases for want of others", () =>
  inFolder(async (parent) => {
    for (const share of ["0.3", "0"]) {
      const dir = `${parent}/${share}`;
      const config = await tinyConfig(
        ...[dir, `data.validationFraction=${share}`, "data.testFraction=0.3"],
        ...["output.pictures=false", "evaluation.artifacts=false", "training.maxSteps=1"],
      );
      await startRun(config, { createStepper, keepHardExamples: true });
      assertEquals(names(`${dir}/hard_examples`), ["step_000001.json"]);
    }
  }));

Deno.test("startRun() evaluates and draws the fast-thinking network where it is alone", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    const alone = () => Promise.resolve(new FakeStepper(["ftn"]));
    const { evaluation } = await startRun(await tinyConfig(dir), { createStepper: alone });
    const own = evaluation!.sets["site A"]!;
    assertEquals([own.stn, own.errors.stn], [undefined, undefined]);
    assertEquals(evaluation!.volumes.filter((volume) => "stn" in volume), []);
    assertEquals(Object.keys(evaluation!.severities!.dice["bias"]!), ["ftn"]);
    for (const name of ["best.safetensors", "slices.png", "severity_curves.png"]) {
      assert(names(dir).includes(name), name);
    }
    const metrics = await Deno.readTextFile(`${dir}/metrics.csv`);
    assert(metrics.includes("ftnMeanIou") && !metrics.includes("stn"), metrics);
  }));

Deno.test("startRun() leaves nothing behind where it cannot start", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    const refuse = async (error: ErrorClass, text: string, ...set: string[]) => {
      const config = await tinyConfig(dir, ...set);
      await assertRejects(() => startRun(config, { createStepper }), error, text);
      assertEquals(names(parent), []);
    };
    await refuse(DatasetError, "/nowhere", "data.dir=/nowhere");
    await refuse(DatasetError, "wanted at least one a part", "phantom.subjects=2");
    await refuse(ConfigError, "leave nothing", "data.testFraction=0.9");
    await refuse(ConfigError, "acdc-10/cval0", "data.split=acdc-10");
    await refuse(DatasetError, "two parts at once", "data.split=acdc-10/cval1");
    await refuse(ConfigError, "the phantom has its own", "data.ignore=9");
  }));

Deno.test("startRun() does not touch a folder that holds a run", () =>
  inFolder(async (parent) => {
    await Deno.writeTextFile(`${parent}/config.json`, "mine");
    const config = await tinyConfig(parent);
    await assertRejects(() => startRun(config, { createStepper }), RunExistsError, "--resume");
    assertEquals(await Deno.readTextFile(`${parent}/config.json`), "mine");
  }));

Deno.test("startRun() saves the evaluation last: a run that has one lacks nothing", () =>
  inFolder(async (dir) => {
    const config = await tinyConfig(dir);
    using _full = fullDisk("severity_curves.png");
    const notices: string[] = [];
    const hooks = { createStepper, onNotice: (line: string) => void notices.push(line) };
    await assertRejects(() => startRun(config, hooks), WriteError, "severity_curves.png");
    assertEquals(names(dir).includes("evaluation.json"), false);
    assert(notices.some((line) => line.startsWith("the evaluation that could not be saved: {")));
  }));

Deno.test("startRun() begins where a killed one made its configuration and wrote nothing in it", () =>
  inFolder(async (dir) => {
    const config = await tinyConfig(dir, "evaluation.artifacts=false", "output.pictures=false");
    await Deno.writeTextFile(`${dir}/config.json`, "");
    await startRun(config, { createStepper });
    assertEquals(names(dir).includes("evaluation.json"), true);
    await assertRejects(() => startRun(config, { createStepper }), RunExistsError, "--resume");
  }));
