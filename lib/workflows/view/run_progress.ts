/** How far a run is, by its folder's own files. */
import { join } from "../../base/deps/std.ts";
import { exists } from "../../formats/files/exists.ts";
import { readJson } from "../../formats/files/read_json.ts";
import { hardExampleSchema } from "../../formats/run_folder/hard_example.ts";
import { readMetrics } from "../../formats/run_folder/metrics_table.ts";
import { runFolder } from "../../formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import { parseStepLog } from "../../formats/run_folder/step_log.ts";
import { openRunFolder } from "../runs/open_run_folder.ts";
import type { RunProgress } from "./page_progress.ts";

/** Points of a curve that a page is sent, at most about twice as many. */
const POINTS = 300;

/** Steps that the pace is taken of. */
const RECENT = 20;

/** A run that has logged nothing for so many of its steps, and seconds, rests. */
const [QUIET_STEPS, QUIET_SECONDS] = [5, 20];

/** Follows the folder of a run; reads of the log what is new alone. */
export class RunFollower {
  readonly #dir: string;
  #read = 0;
  #lines = 0;
  #rest = new Uint8Array();
  #steps: { step: number; totalLoss: number; seconds: number }[] = [];
  #hard: { name: string; record: RunProgress["hardExample"] } | undefined;
  #totalSteps: number | null | undefined;

  constructor(dir: string) {
    this.#dir = dir;
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
    const logged = await this.#readLog(folder.log);
    const step = this.#steps.at(-1)?.step ?? 0;
    const recent = this.#steps.slice(-RECENT);
    const seconds = recent.reduce((sum, one) => sum + one.seconds, 0) / recent.length || 0;
    const quiet = (Date.now() - logged) / 1000 > QUIET_SECONDS + QUIET_STEPS * seconds;
    const rows = await readMetrics(folder.metrics);
    return {
      kind: "run",
      state: await exists(folder.evaluation) ? "evaluated" : quiet ? "resting" : "training",
      step,
      totalSteps: this.#totalSteps,
      stepsPerSecond: seconds > 0 ? 1 / seconds : 0,
      losses: thinned(this.#steps).map((one) => [one.step, one.totalLoss]),
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

  /** Takes what was added; gives the time, in ms, of the last change. A log that was cut is read anew. */
  async #readLog(path: string): Promise<number> {
    const info = await Deno.stat(path).catch(() => undefined);
    if (info === undefined) return 0;
    if (info.size < this.#read) {
      [this.#read, this.#lines, this.#rest, this.#steps] = [0, 0, new Uint8Array(), []];
    }
    if (info.size > this.#read) {
      using file = await Deno.open(path);
      await file.seek(this.#read, Deno.SeekMode.Start);
      const added = new Uint8Array(info.size - this.#read);
      let filled = 0;
      while (filled < added.length) {
        const count = await file.read(added.subarray(filled));
        if (count === null) break;
        filled += count;
      }
      this.#read += filled;
      const bytes = new Uint8Array(this.#rest.length + filled);
      bytes.set(this.#rest);
      bytes.set(added.subarray(0, filled), this.#rest.length);
      const whole = bytes.lastIndexOf(10) + 1;
      const text = new TextDecoder().decode(bytes.subarray(0, whole));
      this.#rest = bytes.slice(whole);
      const steps = parseStepLog(text, path, this.#lines);
      this.#lines += steps.length;
      for (const { step, totalLoss, seconds } of steps) {
        this.#steps.push({ step, totalLoss: totalLoss ?? 0, seconds });
      }
    }
    return info.mtime?.getTime() ?? 0;
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
