import project from "../../../deno.json" with { type: "json" };
import { basename, dirname, join, resolve } from "../../base/deps/std.ts";
import { checkOutputs } from "../../formats/files/check_outputs.ts";
import { exists } from "../../formats/files/exists.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { loadCheckpoint } from "../../formats/run_folder/checkpoint.ts";
import { readDivision } from "../../formats/run_folder/division.ts";
import { type Evaluation, readEvaluation } from "../../formats/run_folder/evaluation.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { scoredLabels } from "../../learning/evaluation/scored_labels.ts";
import { dualNetworkSpecs } from "../../learning/models/dual_network.ts";
import { ofSegmentation } from "../../learning/models/parameter_names.ts";
import { findCheckpoint } from "../runs/find_checkpoint.ts";
import { openRunFolder } from "../runs/open_run_folder.ts";
import { networkModel, readData } from "../runs/settle_data.ts";
import { modelCard } from "./model_card.ts";

/** Where a card goes, and what else it tells of. */
export interface CardOptions {
  /** The file; `MODEL.md` in the run folder by default. */
  readonly output?: string;
  /** Further evaluations of the run, as `evaluate --out` writes them. */
  readonly evaluations?: readonly string[];
  /** Replace a file that exists. */
  readonly overwrite?: boolean;
}

/**
 * Writes the model card of a run: its data, division, training, scores with intervals, robustness and
 * limits, all from its files. It names no subject and no folder above the data set's own.
 *
 * @returns The path of the card.
 * @throws {RunFolderError | CheckpointError | SafetensorsError} If the run, or an evaluation, cannot be
 * read, or scores other labels, or predictions made elsewhere.
 * @throws {OutputPathError} If the file exists, or is one of the run's own.
 * @throws {WriteError} If the disk refuses.
 */
export async function writeCard(dir: string, options: CardOptions = {}): Promise<string> {
  const { output = join(dir, "MODEL.md"), evaluations = [], overwrite = false } = options;
  const { folder, config } = await openRunFolder(dir);
  const { dir: _, ...inputs } = folder;
  await checkOutputs({
    outputs: [output],
    inputs: [...Object.values(inputs), ...evaluations],
    overwrite,
  });
  const data = await readData(folder, config), model = networkModel(config.model, data);
  const checkpoint = await findCheckpoint(folder);
  const { state } = await loadCheckpoint(checkpoint, { ...model });
  const trained = [...dualNetworkSpecs(model)].filter(([name]) =>
    config.method.networks === "dual" || ofSegmentation(name)
  );
  const scored = [
    ...await exists(folder.evaluation) ? [{ name: "Its own tests", path: folder.evaluation }] : [],
    ...evaluations.map((path) => ({ name: basename(path), path })),
  ];
  // A run that trains keeps its division before the first step.
  const imported = config.data.dir === null && !await exists(folder.division);
  const evaluated = await Promise.all(
    scored.map(async ({ name, path }) => ({ name, path, evaluation: await readEvaluation(path) })),
  );
  for (const { path, evaluation } of evaluated) checkOwn(dir, data, path, evaluation);
  const text = modelCard({
    name: basename(resolve(dir)),
    dataset: imported ? undefined : config.data.dir && basename(resolve(config.data.dir)),
    config,
    data,
    parameters: trained.reduce((sum, [, { shape }]) => sum + shape.reduce((a, b) => a * b, 1), 0),
    trained: { steps: state.position.step, checkpoint: basename(checkpoint, ".safetensors") },
    division: await exists(folder.division) ? await readDivision(folder.division) : undefined,
    evaluations: evaluated,
    version: project.version,
  });
  await makeFolder(dirname(output));
  await writeAtomically(output, text);
  return output;
}

/** Refuses scores that are none of the run: of predictions made elsewhere, or of other labels. */
function checkOwn(dir: string, { task }: RunData, path: string, evaluation: Evaluation): void {
  const own = scoredLabels(task).map(({ name }) => name).sort(), { labels } = evaluation;
  if (evaluation.predictions !== undefined) {
    throw new RunFolderError(
      `Cannot tell of ${path} in the card of ${dir}: it scores predictions that were made elsewhere`,
    );
  }
  if (labels.toSorted().join("\n") === own.join("\n")) return;
  throw new RunFolderError(
    `Cannot tell of ${path} in the card of ${dir}: it scores ${labels.join(", ")}, and the run ` +
      `segments ${own.join(", ")}`,
  );
}
