/** What a run knows of its data: made when it begins, kept in its folder, held to when it goes on. */
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { directionOf, sliceAxisOf } from "../../base/volume/slice_axis.ts";
import { taskSchema } from "../../base/task/task.ts";
import { sizeText } from "../../base/volume/slice_size.ts";
import { exists } from "../../formats/files/exists.ts";
import { readJson } from "../../formats/files/read_json.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import type { RunCases } from "../../imaging/data/cases/run_cases.ts";
import { type RunData, runDataSchema } from "../../imaging/data/cases/run_data.ts";
import { LAYOUTS } from "../../imaging/data/cases/open_dataset.ts";
import { MNMS_TASK } from "../../imaging/data/layouts/cardiac.ts";
import {
  choosePreparation,
  needsFingerprint,
} from "../../imaging/data/preparation/choose_preparation.ts";
import { fingerprintThrough } from "../../imaging/data/cases/kept_fingerprint.ts";
import type { PreparedCache } from "../../imaging/data/cases/prepared_cache.ts";
import {
  type Preparation,
  preparationSchema,
} from "../../imaging/data/preparation/prepare_case.ts";
import type { DualNetworkOptions } from "../../learning/models/dual_network.ts";
import { levelsFor, PUBLISHED_LEVELS } from "../../learning/models/levels.ts";

/**
 * The data of a run: as its folder has it, or made of settings and training cases and saved there.
 *
 * @param onNotice Is told what was chosen, in a line.
 * @throws {RunFolderError} If what is saved cannot be used, or the data set has another task by now.
 * @throws {DatasetError | NiftiError} If a training case has to be read and cannot be.
 * @throws {WriteError} If the disk refuses.
 */
export async function settleData(
  folder: RunFolder,
  config: ResolvedConfig,
  cases: RunCases,
  onNotice: (line: string) => void = () => {},
  cache?: PreparedCache,
): Promise<RunData> {
  if (await exists(folder.data)) {
    const kept = await readJson(folder.data, runDataSchema, RunFolderError);
    if (JSON.stringify(kept.task) === JSON.stringify(taskSchema.parse(cases.task))) {
      return kept;
    }
    throw new RunFolderError(
      `Cannot go on in ${folder.dir}: ${cases.division.source} has other labels or channels than ` +
        `the run's ${folder.data}`,
    );
  }
  // In the order in which it is read again, so that a resumed run writes the same bytes.
  const data = runDataSchema.parse(await chooseData(config, cases, cache));
  await writeAtomically(folder.data, JSON.stringify(data, null, 2) + "\n");
  if (config.data.dir !== null) onNotice(dataText(data));
  return data;
}

/**
 * The data of a run that is about to begin.
 *
 * @throws {DatasetError | NiftiError} If a training case has to be read and cannot be.
 */
export async function chooseData(
  { data, model }: Pick<ResolvedConfig, "data" | "model">,
  { task, layout, geometry, train }: Pick<RunCases, "task" | "layout" | "geometry" | "train">,
  cache?: PreparedCache,
): Promise<RunData> {
  const identity = {
    version: 1,
    layout,
    task: taskSchema.parse(task),
    geometry,
    turn: train[0]!.orientation ?? null,
  } as const;
  if (needsFingerprint(data)) {
    const fingerprint = await fingerprintThrough(cache, train, data);
    const preparation = choosePreparation(data, fingerprint);
    const levels = levelsFor(model.levels, preparation.size);
    return { ...identity, preparation, levels, fingerprint };
  }
  const { affine } = await train[0]!.outline();
  const sliceDirection = directionOf(affine, sliceAxisOf(affine, data.sliceAxis));
  const preparation = { ...givenPreparation(data), sliceDirection };
  const levels = levelsFor(model.levels, preparation.size);
  return { ...identity, preparation, levels, fingerprint: null };
}

/** What settings without `auto` say. */
function givenPreparation(
  { size, spacing, sliceAxis, intensity, larger }: ResolvedConfig["data"],
): Preparation {
  return preparationSchema.parse({
    size,
    spacing,
    sliceAxis,
    intensity: { kind: intensity },
    larger,
  });
}

/**
 * The data of a run that was started before; where it is from before this was saved, its layout tells.
 *
 * @throws {RunFolderError} If what is saved cannot be used.
 */
export async function readData(folder: RunFolder, config: ResolvedConfig): Promise<RunData> {
  if (await exists(folder.data)) return await readJson(folder.data, runDataSchema, RunFolderError);
  if (!await exists(folder.log)) {
    throw new RunFolderError(`Cannot open run ${folder.dir}: it has not begun to train yet`);
  }
  const { dir, layout: name } = config.data;
  const { reading } = LAYOUTS[dir === null || name === "auto" ? "mnms" : name];
  return {
    version: 1,
    layout: name,
    task: taskSchema.parse(reading?.task ?? MNMS_TASK),
    geometry: reading?.geometry ?? "auto",
    turn: reading?.turn ?? null,
    preparation: givenPreparation(config.data),
    levels: PUBLISHED_LEVELS,
    fingerprint: null,
  };
}

/** The network of a run: classes and channels follow from its task, levels from its slices. */
export function networkModel(
  { baseWidth }: Pick<ResolvedConfig["model"], "baseWidth">,
  { task, levels }: Pick<RunData, "task" | "levels">,
): Required<DualNetworkOptions> {
  const { labels, channels } = task;
  return { baseWidth, classes: labels.length, inputChannels: channels.length, levels };
}

/** Task and preparation in a line. */
function dataText({ layout, task, preparation, levels, fingerprint }: RunData): string {
  const { size, spacing, intensity, larger } = preparation;
  const labels = task.labels.slice(1).map(({ name, codes }) => `${name} ${codes.join("+")}`);
  return [
    `layout ${layout}`,
    `labels ${labels.join(", ")}`,
    `channels ${task.channels.map(({ name }) => name).join(", ")}`,
    `slices of ${sizeText(size)} at ${spacing} mm` +
    (larger === "tiles" ? ", larger ones in tiles" : ", larger ones cut"),
    `intensity by ${intensity.kind}`,
    `networks of ${levels} levels`,
    ...fingerprint ? [`chosen from ${fingerprint.cases} training volumes`] : [],
  ].join(" | ");
}
