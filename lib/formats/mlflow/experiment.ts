/** Experiments of MLflow's file store: folders of a store, each with a `meta.yaml`. */
import { join, resolve, toFileUrl } from "../../base/deps/std.ts";
import { z } from "../../base/deps/zod.ts";
import { yamlText } from "../../base/text/yaml_text.ts";
import { exists } from "../files/exists.ts";
import { makeFolder } from "../files/make_folder.ts";
import { WriteError, writeNew } from "../files/write_atomically.ts";
import { MlflowError } from "./mlflow_error.ts";

/** What is read of an experiment's `meta.yaml`. */
const experimentSchema = z.object({
  experiment_id: z.union([z.string(), z.int()]).transform(String),
  name: z.string(),
  lifecycle_stage: z.string().default("active"),
  artifact_location: z.string().optional(),
});

/** An experiment, which holds runs. */
export interface MlflowExperiment {
  /** Its number, which is its folder's name, too. */
  readonly id: string;
  readonly dir: string;
}

/** A record of MLflow as YAML, a line a key. */
export function metaText(record: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(record).map(([key, value]) => `${key}: ${yamlText(value)}\n`);
  return lines.join("");
}

/** A path as MLflow writes it. */
export const placeText = (path: string) => toFileUrl(resolve(path)).href;

/**
 * Finds the experiment of a name in a store, or makes it; a new store gets the experiment that MLflow
 * itself begins one with. Of processes that ask at once, all get the same.
 *
 * @param store The folder, as `mlruns`.
 * @param now Milliseconds since 1970.
 * @throws {MlflowError} If its place in the store is taken by another.
 * @throws {WriteError} If the disk refuses.
 */
export async function openExperiment(
  store: string,
  name: string,
  now: number,
): Promise<MlflowExperiment> {
  if (await makeFolder(store) || !await exists(join(store, ".trash"))) {
    await makeFolder(join(store, ".trash"));
    if (!await anyIn(store)) await makeExperiment(store, { id: "0", name: "Default" }, now);
  }
  const known = await findExperiment(store, name);
  if (known !== undefined) return known;
  const made = { id: await numberOf(name), name };
  await makeExperiment(store, made, now);
  const found = await readExperiment(store, made.id);
  if (found?.name === name && found.lifecycle_stage === "active") {
    return { id: made.id, dir: join(store, made.id) };
  }
  throw new MlflowError(
    `Cannot track in ${store}: its folder ${made.id} is no active experiment called ${name}`,
  );
}

async function anyIn(store: string): Promise<boolean> {
  for (const name of await foldersOf(store)) if (await readExperiment(store, name)) return true;
  return false;
}

async function findExperiment(store: string, name: string): Promise<MlflowExperiment | undefined> {
  for (const id of await foldersOf(store)) {
    const found = await readExperiment(store, id);
    if (found?.name === name && found.lifecycle_stage === "active") {
      return { id, dir: join(store, id) };
    }
  }
  return undefined;
}

async function foldersOf(store: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(store)) {
      if (isDirectory && /^\w[\w-]*$/.test(name) && name !== "models") names.push(name);
    }
  } catch (cause) {
    throw new WriteError(store, { cause });
  }
  return names.sort();
}

/** The experiment in a folder of a store; undefined where it holds none, or one of another number. */
async function readExperiment(store: string, id: string) {
  let text: string;
  try {
    text = await Deno.readTextFile(join(store, id, "meta.yaml"));
  } catch {
    return undefined;
  }
  const { parseYaml } = await import("../../base/deps/std_yaml.ts");
  try {
    const read = experimentSchema.parse(parseYaml(text));
    return read.experiment_id === id ? read : undefined;
  } catch {
    // MLflow passes over such folders, too
    return undefined;
  }
}

async function makeExperiment(
  store: string,
  { id, name }: { id: string; name: string },
  now: number,
): Promise<void> {
  const dir = join(store, id);
  await makeFolder(dir);
  const record = {
    artifact_location: placeText(dir),
    creation_time: now,
    experiment_id: id,
    last_update_time: now,
    lifecycle_stage: "active",
    name,
  };
  await writeNew(join(dir, "meta.yaml"), metaText(record));
}

/** Eighteen digits that are always the same for a name. */
async function numberOf(name: string): Promise<string> {
  const bytes = new TextEncoder().encode(name);
  const view = new DataView(await crypto.subtle.digest("SHA-256", bytes));
  const digits = view.getBigUint64(0) % 9n * 10n ** 17n + view.getBigUint64(8) % 10n ** 17n;
  return String(10n ** 17n + digits);
}
