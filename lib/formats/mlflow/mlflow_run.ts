import { basename, join } from "../../base/deps/std.ts";
import { z } from "../../base/deps/zod.ts";
import { copyIfPresent } from "../files/copy_if_present.ts";
import { exists } from "../files/exists.ts";
import { makeFolder } from "../files/make_folder.ts";
import { readJson } from "../files/read_json.ts";
import { writeAtomically, WriteError } from "../files/write_atomically.ts";
import { entryName } from "./entry_name.ts";
import { metaText, type MlflowExperiment, openExperiment, placeText } from "./experiment.ts";
import { MetricFiles } from "./metric_files.ts";
import { MlflowError } from "./mlflow_error.ts";

/** How a run stands, by MLflow's numbers. */
export const MLFLOW_STATUS = { running: 1, finished: 3, failed: 4, killed: 5 } as const;
/** How a run stands. */
export type MlflowStatus = keyof typeof MLFLOW_STATUS;

/** MLflow's number of a source that is a program of this machine. */
const LOCAL = 4;

/** Characters of a parameter, and of a tag: what older versions of MLflow take. */
const MOST_PARAM = 500, MOST_TAG = 5000;

/** Which run of a store a run folder is. */
const recordSchema = z.object({
  format: z.literal(1),
  experiment: z.string().regex(/^\w[\w-]{0,63}$/),
  run: z.string().regex(/^[0-9a-f]{32}$/),
  started: z.int().min(0),
});

type RunRecord = Omit<z.infer<typeof recordSchema>, "format">;

/** What a run of MLflow is opened with. */
export interface MlflowRunOptions {
  /** The store's folder, as `mlruns`. */
  readonly store: string;
  /** The experiment, by its name. */
  readonly experiment: string;
  /** The run's name, for a person. */
  readonly name: string;
  /** The JSON file that remembers which run of the store it is. */
  readonly record: string;
  /** Steps to keep of a run that is gone on with. */
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * A run in MLflow's file store: `EXPERIMENT/RUN` with `meta.yaml` and the folders `params`, `tags`,
 * `metrics` and `artifacts`, as MLflow's own `FileStore` keeps it.
 */
export class MlflowRun {
  readonly dir: string;
  readonly #record: RunRecord;
  readonly #name: string;
  readonly #metrics: MetricFiles;

  private constructor(dir: string, record: RunRecord, name: string, metrics: MetricFiles) {
    this.dir = dir;
    this.#record = record;
    this.#name = name;
    this.#metrics = metrics;
  }

  /**
   * Goes on with the run that the record names, where the store still holds it and nobody has deleted it
   * there, or begins another one.
   *
   * @returns The run, and whether it was there already.
   * @throws {MlflowError} If the record or the store is something else.
   * @throws {WriteError} If the disk refuses.
   */
  static async open(options: MlflowRunOptions): Promise<{ run: MlflowRun; isKnown: boolean }> {
    const { store, name, record: path, step, now } = options;
    const before = await readRecord(path);
    const known = before && join(store, before.experiment, before.run);
    const isKnown = known !== undefined && await isActive(known);
    const record = isKnown ? before! : await beginRecord(options);
    const dir = join(store, record.experiment, record.run);
    for (const part of [".", "params", "tags", "metrics", "artifacts"]) {
      await makeFolder(join(dir, part));
    }
    const metrics = await MetricFiles.open(join(dir, "metrics"), step);
    const run = new MlflowRun(dir, record, name, metrics);
    try {
      // before its meta.yaml nobody takes it for a run
      if (!isKnown) await writeAtomically(path, JSON.stringify({ format: 1, ...record }) + "\n");
      await run.setStatus("running", now);
    } catch (error) {
      run.close();
      throw error;
    }
    return { run, isKnown };
  }

  /** Writes parameters; values are text. Throws WriteError if the disk refuses. */
  async setParams(params: Readonly<Record<string, string>>): Promise<void> {
    await this.#write("params", params, MOST_PARAM);
  }

  /** Writes tags; values are text. Throws WriteError if the disk refuses. */
  async setTags(tags: Readonly<Record<string, string>>): Promise<void> {
    await this.#write("tags", { "mlflow.runName": this.#name, ...tags }, MOST_TAG);
  }

  /** Adds values of a step; `now` in milliseconds since 1970. Throws WriteError if the disk refuses. */
  async append(values: Readonly<Record<string, number>>, step: number, now: number): Promise<void> {
    await this.#metrics.append(values, step, now);
  }

  /** Copies files to the artifacts, those that are there. Throws WriteError if the disk refuses. */
  async addArtifacts(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const to = join(this.dir, "artifacts", basename(path));
      try {
        await copyIfPresent(path, to);
      } catch (cause) {
        throw new WriteError(to, { cause });
      }
    }
  }

  /** Says how the run stands; `now` in milliseconds since 1970. Throws WriteError if the disk refuses. */
  async setStatus(status: MlflowStatus, now: number): Promise<void> {
    const { experiment, run, started } = this.#record;
    const record = {
      artifact_uri: placeText(join(this.dir, "artifacts")),
      end_time: status === "running" ? null : now,
      entry_point_name: "",
      experiment_id: experiment,
      lifecycle_stage: "active",
      run_id: run,
      run_name: this.#name,
      run_uuid: run,
      source_name: "",
      source_type: LOCAL,
      source_version: "",
      start_time: started,
      status: MLFLOW_STATUS[status],
      tags: [],
      user_id: "tandem",
    };
    await writeAtomically(join(this.dir, "meta.yaml"), metaText(record));
  }

  /** Closes the files. */
  close(): void {
    this.#metrics.close();
  }

  async #write(
    folder: string,
    values: Readonly<Record<string, string>>,
    most: number,
  ): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const path = join(this.dir, folder, entryName(name).replaceAll("/", "_"));
      const text = value.length > most ? `${value.slice(0, most - 1)}…` : value;
      try {
        // MLflow takes every file here for one, a neighbour that is to be renamed too
        await Deno.writeTextFile(path, text);
      } catch (cause) {
        throw new WriteError(path, { cause });
      }
    }
  }
}

async function readRecord(path: string): Promise<RunRecord | undefined> {
  return await exists(path) ? await readJson(path, recordSchema, MlflowError) : undefined;
}

/** Whether a folder holds a run that MLflow has not been told to delete: it keeps those, marked. */
async function isActive(dir: string): Promise<boolean> {
  const path = join(dir, "meta.yaml");
  if (!await exists(path)) return false;
  return !/^lifecycle_stage:\s*['"]?deleted\b/m.test(await Deno.readTextFile(path));
}

async function beginRecord(
  { store, experiment, now }: MlflowRunOptions,
): Promise<RunRecord> {
  const { id }: MlflowExperiment = await openExperiment(store, experiment, now);
  return { experiment: id, run: crypto.randomUUID().replaceAll("-", ""), started: now };
}
