import { assertEquals, assertRejects } from "../../deps.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { evaluateRun } from "../../../lib/workflows/runs/evaluate_run.ts";
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
