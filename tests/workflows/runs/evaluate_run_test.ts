import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { evaluateRun } from "../../../lib/workflows/runs/evaluate_run.ts";
import { predictFiles } from "../../../lib/workflows/runs/predict_files.ts";
import { scorePredictions } from "../../../lib/workflows/scores/score_predictions.ts";
import { restoreSegmenter, withRun } from "./tiny_run.ts";

Deno.test("evaluateRun() gives the Dice of each domain, and refuses a folder that is no run", () =>
  withRun(async ({ dir, data, out }) => {
    const evaluation = await evaluateRun(dir, { data, layout: "mnms", restoreSegmenter });
    const sets = Object.entries(evaluation.sets).map(([name, { cases }]) => [name, cases]);
    const artifacts = ["RandBias", "RandSpike", "RandGhost", "RandMotion"];
    assertEquals(sets.slice(1), artifacts.map((name) => [name, 2]));
    assertEquals(sets[0]![1], 2);
    assertEquals(evaluation.volumes.slice(0, 2).map(({ id }) => id), ["B000_ED", "B000_ES"]);
    const plain = await evaluateRun(dir, {
      data,
      layout: "mnms",
      artifacts: false,
      restoreSegmenter,
    });
    assertEquals(Object.keys(plain.sets), [sets[0]![0]]);
    const none = () => evaluateRun(out, { data, layout: "mnms", restoreSegmenter });
    await assertRejects(none, RunFolderError, out);
    await Deno.remove(`${dir}/last.safetensors`);
    const empty = () => evaluateRun(dir, { data, layout: "mnms", restoreSegmenter });
    await assertRejects(empty, RunFolderError, "no checkpoint");
  }));

Deno.test("evaluateRun() gives the calibration and surface Dice of what predictFiles() writes", () =>
  withRun(async ({ dir, data, out }) => {
    const place = { data, layout: "mnms" } as const;
    const run = await evaluateRun(dir, { ...place, artifacts: false, restoreSegmenter });
    await Array.fromAsync(
      predictFiles(dir, { input: data, output: out, probabilities: "float32", restoreSegmenter }),
    );
    const config = await resolveConfig({});
    const { evaluation } = await scorePredictions({ predictions: out, ...place, config });
    const [[, own]] = Object.entries(run.sets) as [[string, typeof run.sets[string]]];
    const [[, scored]] = Object.entries(evaluation.sets) as [[string, typeof run.sets[string]]];
    assertEquals(own.calibration!.stn, scored.calibration!.ftn);
    assert(own.calibration!.ftn.ece! > 0);
    assertEquals(own.errors.stn!.surfaceDice, scored.errors.ftn.surfaceDice);
  }));
