/** The whole way through the command line, with the real networks. */
import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { readStepLog } from "../../lib/formats/run_folder/step_log.ts";
import { inFolder } from "../imaging/data/tiny_heart.ts";
import { tandem, tandemUntil, TINY } from "./run_tandem.ts";
import { shellWord } from "../../lib/base/text/shell_word.ts";

const SETTINGS = [...TINY, "--max-steps", "9", "--set", "training.checkpointEverySteps=3"];

/** All that a run's numbers are, less the wall times. */
async function outcome(dir: string) {
  return {
    log: (await readStepLog(`${dir}/log.jsonl`)).map((
      { seconds: _, heapBytes: _bytes, ...losses },
    ) => losses),
    metrics: await Deno.readTextFile(`${dir}/metrics.csv`),
    evaluation: await Deno.readTextFile(`${dir}/evaluation.json`),
    last: await Deno.readFile(`${dir}/last.safetensors`),
    best: await Deno.readFile(`${dir}/best.safetensors`),
  };
}

async function train(...args: string[]) {
  const { code, stdout, stderr } = await tandem("train", "--json", ...args);
  assertEquals(code, 0, stderr);
  return stdout;
}

Deno.test("train goes on digit for digit after SIGKILL, with no step twice", () =>
  inFolder(async (dir) => {
    const [whole, killed] = [`${dir}/whole`, `${dir}/killed`];
    const untilKilled = (step: number, ...args: string[]) =>
      tandemUntil(`"position":{"step":${step},`, "SIGKILL", "train", "--json", ...args);
    const killedTwice = async () => {
      // Before the first checkpoint, and one step after the second.
      await untilKilled(2, ...SETTINGS, "--out", killed);
      await untilKilled(7, "--resume", killed);
      assertStringIncludes(await train("--resume", killed), '"firstStep":6');
    };
    await Promise.all([train(...SETTINGS, "--out", whole), killedTwice()]);
    const expected = await outcome(whole);
    assertEquals(expected.log.map(({ step }) => step), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert(expected.log.every(({ hardShapeLoss }) => Number.isFinite(hardShapeLoss)));
    assertEquals(await outcome(killed), expected);
  }));

Deno.test("train finishes the step on Ctrl-C, saves, and says how to go on", () =>
  inFolder(async (dir) => {
    const [whole, stopped] = [`${dir}/whole`, `${dir}/stopped`];
    const args = [...SETTINGS, "--set", "training.checkpointEverySteps=100", "--out", stopped];
    const [{ code, stdout, stderr }] = await Promise.all([
      tandemUntil("step 1/9", "SIGINT", "train", ...args),
      train(...SETTINGS, "--out", whole),
    ]);
    assertEquals([code, stderr], [130, "finishing the step, then saving"]);
    assertStringIncludes(stdout, `saved; go on with: train --resume ${shellWord(stopped)}`);
    const names = [...Deno.readDirSync(stopped)].map(({ name }) => name);
    assert(names.includes("last.safetensors") && !names.includes("evaluation.json"));
    const done = (await readStepLog(`${stopped}/log.jsonl`)).length;
    assert(done >= 1 && done < 9, `${done} steps were done`);
    assertStringIncludes(await train("--resume", stopped), `"firstStep":${done}`);
    const { log, evaluation } = await outcome(whole);
    const found = await outcome(stopped);
    assertEquals([found.log, found.evaluation], [log, evaluation] as unknown);
  }));

Deno.test("train ends at once on Ctrl-C when it only evaluates, with all that it learnt saved", () =>
  inFolder(async (dir) => {
    const args = [...SETTINGS, "--max-steps", "1", "--set", "evaluation.artifacts=true"];
    const { code, stderr } = await tandemUntil(
      "trained and saved; evaluating (Ctrl-C or --no-evaluate leaves that for --resume)",
      "SIGINT",
      ...["train", ...args, "--out", `${dir}/run`],
    );
    assertEquals([code, stderr], [130, ""]);
    const names = [...Deno.readDirSync(`${dir}/run`)].map(({ name }) => name);
    assert(names.includes("last.safetensors") && !names.includes("evaluation.json"));
  }));
