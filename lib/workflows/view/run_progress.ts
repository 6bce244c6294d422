/** How far a run is, by its folder's own files. */
import { join } from "../../base/deps/std.ts";
import { exists } from "../../formats/files/exists.ts";
import { readJson } from "../../formats/files/read_json.ts";
import { hardExampleSchema } from "../../formats/run_folder/hard_example.ts";
import { readMetrics } from "../../formats/run_folder/metrics_table.ts";
import { runFolder } from "../../formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import { openRunFolder } from "../runs/open_run_folder.ts";
import { LogFollower } from "./log_follower.ts";
import type { RunProgress } from "./page_progress.ts";

/** Points of a curve that a page is sent, at most about twice as many. */
const POINTS = 300;

/** Steps that the pace is taken of. */
const RECENT = 20;

/** A run that has logged nothing for so many of its steps, and seconds, rests. */
const [QUIET_STEPS, QUIET_SECONDS] = [5, 20];

/** Follows the folder of a run. */
export class RunFollower {
  readonly #dir: string;
  readonly #log: LogFollower;
  #hard: { name: string; record: RunProgress["hardExample"] } | undefined;
  #totalSteps: number | null | undefined;

  constructor(dir: string) {
    this.#dir = dir;
    this.#log = new LogFollower(runFolder(dir).log);
  }

  /**
   * How far it is.
   *
   * @throws {RunFolderError} If a file cannot be read, or the run was taken away.
   */
  async look(): Promise<RunProgress> {
    const folder = runFolder(this.#dir);
    if (this.#totalSteps === undefined || !await exists(folder.config)) {
      this.#totalSteps = (await openRunFolder(this.#dir)).config.training.maxSteps;
    }
    const { steps, changed } = await this.#log.look();
    const step = steps.at(-1)?.step ?? 0;
    const recent = steps.slice(-RECENT);
    const seconds = recent.reduce((sum, one) => sum + one.seconds, 0) / recent.length || 0;
    const quiet = (Date.now() - changed) / 1000 > QUIET_SECONDS + QUIET_STEPS * seconds;
    const rows = await readMetrics(folder.metrics);
    return {
      kind: "run",
      state: await exists(folder.evaluation) ? "evaluated" : quiet ? "resting" : "training",
      step,
      totalSteps: this.#totalSteps,
      stepsPerSecond: seconds > 0 ? 1 / seconds : 0,
      losses: thinned(steps).map((one) => [one.step, one.totalLoss]),
      validations: rows.map(({ step, epoch: _epoch, learningRate: _rate, ...scores }) => ({
        step: Number(step),
        scores: Object.fromEntries(
          Object.entries(scores).filter(([, text]) => text !== "")
            .map(([name, text]) => [name, Number(text)]),
        ),
      })),
      hardExample: await this.#readHardExample(folder.hardExamples),
    };
  }

  async #readHardExample(dir: string): Promise<RunProgress["hardExample"]> {
    if (!await exists(dir)) return null;
    const names: string[] = [];
    for await (const { name } of Deno.readDir(dir)) {
      if (/^step_\d+\.json$/.test(name)) names.push(name);
    }
    const name = names.sort().at(-1);
    if (name === undefined) return null;
    if (this.#hard?.name !== name) {
      this.#hard = {
        name,
        record: await readJson(join(dir, name), hardExampleSchema, RunFolderError),
      };
    }
    return this.#hard.record;
  }
}

/** Some of many, evenly, the last among them. */
function thinned<T>(all: readonly T[]): T[] {
  const every = Math.max(1, Math.floor(all.length / POINTS));
  return all.filter((_, n) => n % every === 0 || n === all.length - 1);
}
