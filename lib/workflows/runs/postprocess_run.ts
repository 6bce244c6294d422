import { readDivision } from "../../formats/run_folder/division.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import {
  type Postprocessing,
  savePostprocessing,
} from "../../formats/run_folder/postprocessing.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import { openRunCases } from "../../imaging/data/cases/run_cases.ts";
import { BAD_DICE } from "../../learning/evaluation/bad_dice.ts";
import { prepareThrough } from "../../learning/evaluation/prepared_cases.ts";
import { findPostprocessing } from "../../learning/prediction/find_postprocessing.ts";
import { loadRun, type LoadRunOptions } from "./load_run.ts";
import { openCache } from "./open_cache.ts";
import { openRunFolder } from "./open_run_folder.ts";

/** How to find what helps a run's predictions. */
export interface PostprocessRunOptions extends LoadRunOptions {
  /** Where the run's data set lies by now; as its configuration says by default. */
  readonly data?: string;
}

/**
 * Finds on a run's validation subjects, class by class, whether keeping the largest connected piece
 * alone helps, and from where on a volume's numbers say that it is to be looked at; saves both in the
 * run's folder as `postprocessing.json`, which `predictFiles` then goes by.
 *
 * @throws {RunFolderError} If the folder holds no run, or one without checkpoint or validation subjects.
 * @throws {DatasetError | NiftiError} If a validation case cannot be loaded.
 * @throws {CheckpointError | SafetensorsError} As {@linkcode loadRun}.
 * @throws {WriteError} If the disk refuses.
 */
export async function postprocessRun(
  dir: string,
  options: PostprocessRunOptions = {},
): Promise<Postprocessing> {
  const { folder, config: saved } = await openRunFolder(dir);
  const { onNotice } = options;
  const data = { ...saved.data, ...options.data !== undefined && { dir: options.data } };
  const { validation, division } = await openRunCases({ ...saved, data });
  if (validation.length === 0) throw noValidation(folder, division.source);
  await checkValidation(folder, division.validation);
  const { segmenter, data: { task, preparation }, step } = await loadRun(dir, options);
  try {
    const prepare = prepareThrough(await openCache(data, onNotice));
    const found = await findPostprocessing(
      segmenter,
      validation,
      (source) => prepare(source, "validation", preparation),
      task,
      BAD_DICE,
    );
    const kept = { step, ...found };
    await savePostprocessing(folder.postprocessing, kept);
    return kept;
  } finally {
    segmenter.dispose();
  }
}

/** Holds the validation subjects to those that the run had: others may have trained it. */
async function checkValidation(
  { dir, division: path }: RunFolder,
  validation: readonly string[],
): Promise<void> {
  const before = (await readDivision(path)).validation;
  if (before.join() === validation.join()) return;
  throw new RunFolderError(
    `Cannot find what helps run ${dir}: its data set has other validation subjects by now ` +
      `(${validation.join(", ")}) than ${path} (${before.join(", ")})`,
  );
}

function noValidation({ dir }: RunFolder, source: string): RunFolderError {
  return new RunFolderError(
    `Cannot find what helps run ${dir}: ${source} has no validation subjects by its settings`,
  );
}
