/** A configuration to begin with, for a data set that was looked at. */
import type { LayoutName } from "../../names.ts";
import { type CommentedSetting, commentedSettings } from "../../base/config/commented_settings.ts";
import { describeSettings } from "../../base/config/describe_settings.ts";
import { layerSettings } from "../../base/config/layer_settings.ts";
import { dirname, resolve } from "../../base/deps/std.ts";
import { shellWord } from "../../base/text/shell_word.ts";
import { checkOutputs } from "../../formats/files/check_outputs.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { OutputPathError } from "../../formats/files/output_path_error.ts";
import { writeAtomically, writeNew } from "../../formats/files/write_atomically.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { fittingLayouts } from "../../imaging/data/cases/open_dataset.ts";
import { statOf } from "../../imaging/data/layouts/folder_entries.ts";
import { inspectFolder } from "./inspect_folder.ts";
import type { Inspection } from "./inspection.ts";
import { listPairs, withPassingList } from "./list_pairs.ts";

/** The settings that most people change, besides those of the data set. */
const OFTEN_CHANGED = [
  ...["data.splitFile", "data.folds", "data.validationFraction", "data.testFraction"],
  ...["data.size", "data.spacing", "data.larger", "data.intensity", "data.augmentation"],
  ...["data.artifacts", "model.baseWidth", "model.levels", "method.latentAugmentation"],
  ...["method.segmentationLoss", "method.classWeights", "optimizer.learningRate"],
  ...["training.maxSteps", "training.maxTime", "training.batchSize", "training.seed"],
  ...["training.threads", "training.device", "training.patience"],
  ...["evaluation.surfaceTolerances", "evaluation.lesions", "evaluation.artifacts"],
  ...["output.dir", "output.pictures"],
] as const;

/** How to make a configuration. */
export interface InitConfigOptions {
  /** How the data set is laid out; `auto`, the default, recognises it. */
  readonly layout?: LayoutName | "auto";
  /** The file to write, in `.yaml` or `.yml`; `tandem.yaml` by default. */
  readonly output?: string;
  /** Replace a file that exists; false by default. */
  readonly overwrite?: boolean;
  /** Threads that training would have; all cores by default. */
  readonly threads?: number;
  /** Is told how many cases were read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A configuration that was written. */
export interface InitialConfig {
  /** The file that was written. */
  readonly path: string;
  /** The list of images and labels that was written beside it, of files that nothing listed. */
  readonly list?: string;
  /** What was found in the data set. */
  readonly inspection: Inspection;
  /** Files that are not in the list, since names tell no partner, by their paths in the folder. */
  readonly left: readonly string[];
}

/**
 * Writes a configuration for a data set, as `train --config` takes it: where the data lies, what is
 * segmented, and the settings that most people change, each with its meaning and range. All of the data
 * set is read, as {@linkcode inspectFolder} does.
 *
 * A folder of NIfTI files that is no data set is listed first, where names tell which label is whose
 * ({@linkcode listPairs}): a file beside the configuration, `tandem_cases.csv` beside `tandem.yaml`.
 *
 * @param path A folder, or a list.
 * @throws {DatasetError} If training would fail with the data set; nothing is written.
 * @throws {OutputPathError} If the file exists and is not to be replaced, or has another name than YAML's.
 * @throws {RangeError} If there is no such layout.
 * @throws {WriteError} If the disk refuses.
 */
export async function initConfig(
  path: string,
  { output = "tandem.yaml", overwrite = false, ...looking }: InitConfigOptions = {},
): Promise<InitialConfig> {
  if (!/\.ya?ml$/i.test(output)) {
    throw new OutputPathError(`Cannot write ${output}: wanted a name in .yaml or .yml`);
  }
  await checkOutputs({ outputs: [output], inputs: [path], overwrite });
  const { layout = "auto" } = looking, list = output.replace(/\.ya?ml$/i, "_cases.csv");
  const isLoose = layout === "auto" && (await statOf(path))?.isDirectory &&
    (await fittingLayouts(path)).length === 0;
  const pairs = isLoose ? await listPairs(path, list) : undefined;
  if (pairs === undefined) {
    const inspection = await inspectFolder(path, { ...looking, layout });
    if (!inspection.trainable) throw refusal(inspection);
    await writeText(output, configText(inspection, output), overwrite);
    return { path: output, inspection, left: [] };
  }
  await checkOutputs({ outputs: [list], inputs: [path], overwrite });
  await makeFolder(dirname(resolve(list)));
  const inspection = await withPassingList(list, pairs.text, async (passing) => {
    const found = await inspectFolder(passing, { ...looking, layout });
    if (!found.trainable) throw refusal(withPath(found, passing, path));
    return withPath(found, passing, list);
  });
  const before = overwrite ? await Deno.readFile(list).catch(() => undefined) : undefined;
  await writeText(list, pairs.text, overwrite);
  try {
    await writeText(output, configText(inspection, output), overwrite);
  } catch (error) {
    // alone it would stand in the way of the next try
    await (before ? writeAtomically(list, before) : Deno.remove(list)).catch(() => {});
    throw error;
  }
  const notices = [...pairs.lost, ...inspection.notices];
  return { path: output, list, inspection: { ...inspection, notices }, left: pairs.left };
}

/** What was found, with another path wherever it names that of the list. */
function withPath(found: Inspection, from: string, to: string): Inspection {
  const put = (text: string) => text.replaceAll(from, () => to);
  return {
    ...found,
    path: to,
    notices: found.notices.map(put),
    problems: found.problems.map((one) => ({
      ...one,
      files: one.files.map(put),
      text: put(one.text),
    })),
  };
}

async function writeText(path: string, text: string, overwrite: boolean): Promise<void> {
  await makeFolder(dirname(resolve(path)));
  if (overwrite) await writeAtomically(path, text);
  else if (!await writeNew(path, text)) {
    throw new OutputPathError(`Cannot write ${path}: it exists by now; add --overwrite`);
  }
}

function refusal({ path, layout, problems }: Inspection): DatasetError {
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  const advice = layout === "files"
    ? "no names tell which label is whose: list images and labels in a cases.csv"
    : first!.advice;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more errors` : "";
  return new DatasetError(
    `Cannot make a configuration: ${first!.text} (${advice})${more}; ` +
      `tandem inspect ${shellWord(path)} tells all`,
  );
}

/** The file's text. */
function configText(inspection: Inspection, output: string): string {
  const { path, layout, name, task, cases } = inspection;
  const subjects = new Set(cases.map(({ subject }) => subject)).size;
  const values = layerSettings({ preset: "auto" });
  const often = describeSettings().filter(({ key }) =>
    (OFTEN_CHANGED as readonly string[]).includes(key)
  );
  const settings: CommentedSetting[] = [
    { key: "data.dir", value: resolve(path) },
    { key: "data.layout", value: layout },
    {
      key: "data.labels",
      value: task!.labels,
      note: "A name may be changed, labels joined (codes: [1, 2]) or taken to the background.",
    },
    { key: "data.channels", value: task!.channels },
    { key: "data.ignore", value: task!.ignore ?? null },
    ...often.map(({ key }) => ({
      key,
      value: key.split(".").reduce<unknown>((at, word) => (at as Values)[word], values),
      ...noteOf(key, inspection),
    })),
  ];
  return commentedSettings([
    `Settings of a run on ${name} (layout ${layout}): ${subjects} subjects, ${cases.length} cases.`,
    `Made by tandem init; train with: tandem train --config ${shellWord(output)}`,
    "What is not here has its value of the preset auto; tandem settings lists all settings. Options " +
    "of the command line override the file. A method to compare is chosen by --method.",
  ], settings);
}

type Values = Readonly<Record<string, unknown>>;

/** What is chosen for this data set where a setting says auto. */
function noteOf(key: string, { training }: Inspection): { note?: string } {
  if (training === undefined) return {};
  const { preparation: { size, spacing }, levels } = training;
  const chosen: Readonly<Record<string, string>> = {
    "data.size": `${size.height}x${size.width}`,
    "data.spacing": String(spacing),
    "model.levels": String(levels),
  };
  return Object.hasOwn(chosen, key) ? { note: `Of this data set auto makes ${chosen[key]}.` } : {};
}
