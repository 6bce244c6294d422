/** Trained runs whose predictions are averaged, and what their validations say of these. */
import { shellWord } from "../../base/text/shell_word.ts";
import type { Network, TestTime } from "../../names.ts";
import { ConfigError } from "../../base/config/config_error.ts";
import { TaskMismatchError } from "../../base/task/translate_task.ts";
import { exists } from "../../formats/files/exists.ts";
import {
  type NetworkPostprocessing,
  readPostprocessing,
} from "../../formats/run_folder/postprocessing.ts";
import { runFolder } from "../../formats/run_folder/run_folder.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { checkSameTask } from "../../learning/prediction/same_task.ts";
import { type ShownSlices, testTimeRefusal } from "../../learning/prediction/shown_views.ts";
import { type LoadedRun, loadRun, type LoadRunOptions } from "./load_run.ts";
import { openRunFolder } from "./open_run_folder.ts";
import { readData } from "./settle_data.ts";

/** A run's folder and what it knows of its data. */
export interface RunToUse {
  readonly dir: string;
  readonly data: RunData;
  /** Whether it has a slow-thinking network. */
  readonly dual: boolean;
  /** How slices were varied in its training. */
  readonly augmentation: ShownSlices["augmentation"];
}

/**
 * Opens runs that are to predict together, without their networks.
 *
 * @throws {TaskMismatchError} If they segment other labels, or read images in another way.
 * @throws {RunFolderError} If a folder holds no run.
 */
export async function openRuns(dirs: readonly string[]): Promise<RunToUse[]> {
  const runs: RunToUse[] = [];
  for (const dir of dirs) {
    const { folder, config } = await openRunFolder(dir);
    const dual = config.method.networks === "dual";
    const { augmentation } = config.data;
    runs.push({ dir, dual, augmentation, data: await readData(folder, config) });
  }
  checkSameTask(runs.map(({ dir, data }) => ({ name: dir, task: data.task })));
  const reading = ({ geometry, turn }: RunData) => JSON.stringify([geometry, turn]);
  const other = runs.find(({ data }) => reading(data) !== reading(runs[0]!.data));
  if (other !== undefined) {
    throw new TaskMismatchError(
      `Cannot average ${runs[0]!.dir} and ${other.dir}: they read images in different ways ` +
        `(geometry and turn: ${reading(runs[0]!.data)} and ${reading(other.data)})`,
    );
  }
  return runs;
}

/** Loads the networks of runs, one after another; what is loaded is given back where one fails. */
export async function loadRuns(
  runs: readonly RunToUse[],
  options: LoadRunOptions,
): Promise<LoadedRun[]> {
  const loaded: LoadedRun[] = [];
  try {
    for (const { dir } of runs) loaded.push(await loadRun(dir, options));
    return loaded;
  } catch (error) {
    loaded.forEach(({ segmenter }) => segmenter.dispose());
    throw error;
  }
}

/**
 * The network whose segmentations are written: the one that is asked for, or the slow-thinking one where
 * every run has one.
 *
 * @throws {ConfigError} If a run has not the one that is asked for.
 */
export function chooseNetwork(
  runs: readonly RunToUse[],
  loaded: readonly LoadedRun[],
  network: Network | undefined,
  onNotice: (line: string) => void = () => {},
): Network {
  const lacks = (wanted: Network) =>
    loaded.findIndex(({ segmenter }) => !segmenter.networks.includes(wanted));
  const without = lacks(network ?? "stn");
  if (without < 0) return network ?? "stn";
  if (network === undefined) {
    onNotice(
      `${loaded.length > 1 ? runs[without]!.dir : "the run"} has no slow-thinking network: ` +
        "the fast-thinking one's segmentations are written",
    );
    return "ftn";
  }
  throw new ConfigError(
    "method.networks",
    `Cannot predict with network ${network}: run ${runs[without]!.dir} has trained no such one ` +
      `(method.networks), wanted ${loaded[without]!.segmenter.networks.join(" or ")}`,
  );
}

/**
 * Holds a way to see slices to what trainings have shown.
 *
 * @throws {ConfigError} If a run was trained without flips and turns, and is to see some.
 */
export function checkTestTime(testTime: TestTime, runs: readonly RunToUse[]): void {
  for (const { dir, augmentation, data: { task } } of runs) {
    const refusal = testTimeRefusal(testTime, { augmentation, task }, dir);
    if (refusal !== undefined) throw new ConfigError("data.augmentation", refusal);
  }
}

/** What the validations of runs say of a network. */
export type SavedPostprocessing = Pick<NetworkPostprocessing, "flags"> & {
  /** Labels of which all runs keep the largest piece alone. */
  readonly keepLargest: readonly string[];
  readonly connectivity: 6 | 18 | 26;
};

/**
 * What the validations of all runs say: labels of which each keeps the largest piece alone, and the means
 * of their thresholds. Undefined where one run tells nothing, or something of other weights.
 *
 * @param onNotice Is told why it cannot be used.
 * @throws {RunFolderError} If a file cannot be read.
 */
export async function savedPostprocessing(
  runs: readonly RunToUse[],
  loaded: readonly Pick<LoadedRun, "step">[],
  network: Network,
  onNotice: (line: string) => void = () => {},
): Promise<SavedPostprocessing | undefined> {
  const found: SavedPostprocessing[] = [];
  const lacking: string[] = [];
  for (const [n, { dir }] of runs.entries()) {
    const path = runFolder(dir).postprocessing;
    if (!await exists(path)) {
      lacking.push(dir);
      continue;
    }
    const saved = await readPostprocessing(path), own = saved.networks[network];
    if (saved.step !== loaded[n]!.step) {
      onNotice(
        `${path} is of the weights of step ${saved.step}, and not used: those of step ` +
          `${loaded[n]!.step} predict (tandem postprocess ${shellWord(dir)} makes it anew)`,
      );
      return undefined;
    }
    if (own === undefined) return undefined;
    const keepLargest = own.labels.filter((label) => label.keepLargest).map(({ name }) => name);
    found.push({ keepLargest, connectivity: saved.connectivity, flags: own.flags });
  }
  if (found.length === 0) return undefined;
  if (lacking.length > 0) {
    onNotice(
      `no postprocessing is applied: ${lacking.join(", ")} has none (tandem postprocess RUN)`,
    );
    return undefined;
  }
  const [{ keepLargest, connectivity, flags }] = found as [SavedPostprocessing];
  const meanOf = (name: "entropy" | "disagreement") => {
    const values = found.map((one) => one.flags[name]?.threshold ?? null);
    if (values.some((value) => value === null)) return null;
    return values.reduce((sum: number, value) => sum + value!, 0) / values.length;
  };
  const thresholdOf = (name: "entropy" | "disagreement") => ({
    threshold: meanOf(name),
    auroc: found.length === 1 ? flags[name]?.auroc ?? null : null,
  });
  return {
    keepLargest: keepLargest.filter((name) => found.every((one) => one.keepLargest.includes(name))),
    connectivity,
    flags: {
      entropy: thresholdOf("entropy"),
      ...flags.disagreement && { disagreement: thresholdOf("disagreement") },
    },
  };
}
