/**
 * Reads an MLflow file store as MLflow's own `FileStore` does, and refuses what that would: written from
 * its layout and rules of names, apart from the code that is tested.
 */
import { assert, assertEquals } from "../../deps.ts";
import { parseYaml } from "../../../lib/base/deps/std_yaml.ts";

const RUN_KEYS = [
  ...["artifact_uri", "end_time", "entry_point_name", "experiment_id", "lifecycle_stage", "run_id"],
  ...["run_name", "run_uuid", "source_name", "source_type", "source_version", "start_time"],
  ...["status", "tags", "user_id"],
];
const EXPERIMENT_KEYS = [
  ...["artifact_location", "creation_time", "experiment_id", "last_update_time"],
  ...["lifecycle_stage", "name"],
];

/** A run as it is read. */
export interface StoredRun {
  readonly id: string;
  readonly name: string;
  readonly status: number;
  readonly ended: boolean;
  readonly params: Record<string, string>;
  readonly tags: Record<string, string>;
  /** Values and steps. */
  readonly metrics: Record<string, [value: number, step: number][]>;
  readonly artifacts: string[];
}

/** The runs of each experiment, by name. */
export async function readStore(store: string): Promise<Record<string, StoredRun[]>> {
  const found: Record<string, StoredRun[]> = {};
  for (const experiment of foldersOf(store)) {
    if (experiment === ".trash") continue;
    const meta = await readMeta(`${store}/${experiment}/meta.yaml`, EXPERIMENT_KEYS);
    assertEquals(meta.experiment_id, experiment);
    assert(/^[a-zA-Z0-9][\w-]{0,63}$/.test(experiment), experiment);
    assertEquals([meta.lifecycle_stage, Number.isInteger(meta.creation_time)], ["active", true]);
    assert(String(meta.artifact_location).startsWith("file:///"));
    const runs = foldersOf(`${store}/${experiment}`).filter((name) =>
      !["tags", "datasets", "traces"].includes(name)
    );
    found[meta.name as string] = await Promise.all(
      runs.map((run) => readRun(`${store}/${experiment}/${run}`, experiment, run)),
    );
  }
  return found;
}

async function readRun(dir: string, experiment: string, id: string): Promise<StoredRun> {
  const meta = await readMeta(`${dir}/meta.yaml`, RUN_KEYS);
  assert(/^[0-9a-f]{32}$/.test(id), id);
  assertEquals([meta.run_id, meta.run_uuid, meta.experiment_id], [id, id, experiment]);
  assertEquals([meta.lifecycle_stage, meta.tags, meta.source_type], ["active", [], 4]);
  assert([1, 2, 3, 4, 5].includes(meta.status as number));
  assert(Number.isInteger(meta.start_time));
  assertEquals(
    decodeURIComponent(new URL(meta.artifact_uri as string).pathname),
    `${dir}/artifacts`,
  );
  const metrics: StoredRun["metrics"] = {};
  for (const name of namesIn(`${dir}/metrics`)) {
    const text = await Deno.readTextFile(`${dir}/metrics/${name}`);
    const lines = text.trim().split("\n").map((line) => line.trim().split(" "));
    assert(text !== "", `${name} holds no data`);
    metrics[name] = lines.map((parts) => {
      assertEquals(parts.length, 3, name);
      const [time, value, step] = parts;
      assert(/^\d+$/.test(time!) && /^\d+$/.test(step!), parts.join(" "));
      assert(/^(-?\d+(\.\d+)?(e[+-]?\d+)?|-?inf(inity)?|nan)$/i.test(value!), value);
      return [Number(value), Number(step)];
    });
  }
  return {
    id,
    name: meta.run_name as string,
    status: meta.status as number,
    ended: meta.end_time !== null,
    params: await textsIn(`${dir}/params`),
    tags: await textsIn(`${dir}/tags`),
    metrics,
    artifacts: namesIn(`${dir}/artifacts`),
  };
}

async function readMeta(path: string, keys: readonly string[]) {
  const meta = parseYaml(await Deno.readTextFile(path)) as Record<string, unknown>;
  assertEquals(Object.keys(meta).sort(), keys.toSorted());
  return meta;
}

async function textsIn(dir: string): Promise<Record<string, string>> {
  const entries = namesIn(dir).map(async (name) =>
    [name, await Deno.readTextFile(`${dir}/${name}`)] as const
  );
  return Object.fromEntries(await Promise.all(entries));
}

const foldersOf = (dir: string) =>
  [...Deno.readDirSync(dir)].filter(({ isDirectory }) => isDirectory).map(({ name }) => name)
    .sort();

/** The names of all files below a folder, each held to what MLflow takes for a name. */
function namesIn(dir: string, above = ""): string[] {
  return [...Deno.readDirSync(dir)].flatMap(({ name, isDirectory }) => {
    if (isDirectory) return namesIn(`${dir}/${name}`, `${above}${name}/`);
    const whole = above + name;
    // Python's \w knows the letters of every script.
    assert(/^[/\p{L}\p{Nd}_.\- ]{1,250}$/u.test(whole), whole);
    assert(!whole.startsWith("..") && !whole.split("/").includes(".."), whole);
    return [whole];
  }).sort();
}
