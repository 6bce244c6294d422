import { dirname, join } from "../../base/deps/std.ts";
import { RandomStream } from "../../base/random/random_stream.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { parseJson } from "../../base/text/parse_json.ts";
import { claimFolder } from "../../formats/files/claim_folder.ts";
import { exists } from "../../formats/files/exists.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { saveCheckpoint, type TrainerState } from "../../formats/run_folder/checkpoint.ts";
import { savePostprocessing } from "../../formats/run_folder/postprocessing.ts";
import { createRunFolder, runFolder } from "../../formats/run_folder/run_folder.ts";
import { RunExistsError } from "../../formats/run_folder/run_folder_error.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { completeWeights } from "../../learning/models/complete_weights.ts";
import type { DualNetworkOptions } from "../../learning/models/dual_network.ts";
import { WeightsError } from "../../learning/models/weights_error.ts";
import { networkModel } from "../runs/settle_data.ts";
import { importSettings } from "./import_settings.ts";
import { type ModelRecord, modelRecordSchema } from "./model_record.ts";
import { readWeights } from "./read_weights.ts";

/** Where weights go, and what goes with them. */
export interface ImportOptions {
  /** The run folder, which must be new or hold no run. */
  readonly output: string;
  /** The record of `tandem export`; by default `config.json` beside the weights, where that is one. */
  readonly config?: string;
  /** Single settings, as `data.spacing=1.4`, which come above the record. */
  readonly set?: readonly string[];
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
}

/** A run that was made of weights. */
export interface ImportedRun {
  /** The architecture, told from names and shapes of the weights. */
  readonly model: Required<DualNetworkOptions>;
  /** Both networks, or the fast-thinking one alone. */
  readonly networks: "dual" | "segmentation";
  /** The files that the weights were read from. */
  readonly files: readonly string[];
  /** The run folder that was made. */
  readonly dir: string;
  /** Task and preparation of the run, as its `data.json` has them. */
  readonly data: RunData;
}

/** Names that a notice tells before it counts. */
const NAMES_TOLD = 8;

/**
 * Makes a run folder of weights, which predict and evaluate take as any other and with which another run
 * can begin (`training.init`): of a safetensors file, or of a state dictionary of PyTorch, whose pickle
 * is never run. Width, levels, classes and channels are told from names and shapes.
 *
 * @throws {WeightsError} If the weights are not those of the networks; all that is missing, unknown or of
 * another shape is named.
 * @throws {SafetensorsError | PyTorchError} If a file is damaged, or asks for more than weights.
 * @throws {ConfigError} If what weights do not tell is told nowhere.
 * @throws {RunExistsError} If the folder holds a run, or files that one would replace.
 * @throws {WriteError} If the disk refuses; then no run is left behind.
 */
export async function importRun(path: string, options: ImportOptions): Promise<ImportedRun> {
  const { output, set = [], onNotice = () => {} } = options;
  const { tensors, files, zeros, others, ...weights } = await readWeights(path);
  const record = await findRecord(dirname(files[0]!), options);
  const { config, data } = importSettings({
    source: path,
    weights,
    set,
    ...record !== undefined && { record },
  });
  if (others.length > 0) onNotice(`passed over: ${listed(others)}`);
  if (zeros.length > 0) onNotice(`not there and taken for 0: ${zeros.join(", ")}`);
  const model = networkModel(config.model, data);
  if (await exists(runFolder(output).config)) {
    throw new RunExistsError(
      `Cannot import into ${output}: it holds a run already, wanted another folder`,
    );
  }
  const isNew = await makeFolder(output);
  try {
    using _claim = await claimFolder(output, { task: `import into ${output}`, onNotice });
    const folder = await createRunFolder(output, {
      ...config,
      output: { ...config.output, dir: output },
    });
    try {
      await writeAtomically(folder.data, JSON.stringify(data, null, 2) + "\n");
      const { postprocessing } = record?.value ?? {};
      if (postprocessing) {
        await savePostprocessing(folder.postprocessing, { ...postprocessing, step: 0 });
      }
      // No state of an optimiser goes with it, so that nobody goes on training what began elsewhere.
      await saveCheckpoint(folder.last, completeWeights(tensors, model), {
        format: 1,
        model: { ...model },
        data,
        position: { step: 0, epoch: 0, index: 0 },
        best: null,
        rng: RandomStream.fromSeed(0).state() as TrainerState["rng"],
      });
    } catch (error) {
      for (const made of [folder.last, folder.postprocessing, folder.data, folder.config]) {
        await Deno.remove(made).catch(() => {});
      }
      throw error;
    }
  } catch (error) {
    // only while it is empty: nobody removes what another made
    if (isNew) await Deno.remove(output).catch(() => {});
    throw error;
  }
  return { dir: output, files, data, ...weights };
}

async function findRecord(
  dir: string,
  { config, onNotice }: ImportOptions,
): Promise<{ path: string; value: ModelRecord } | undefined> {
  const path = config ?? join(dir, "config.json");
  if (config === undefined && !await exists(path)) return undefined;
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new WeightsError(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
  // Many programs have a file of this name.
  if (config === undefined && !isRecord(text)) {
    onNotice?.(`${path} was not written by tandem export, and is passed over`);
    return undefined;
  }
  return { path, value: parseJson(text, modelRecordSchema, path, WeightsError) };
}

function isRecord(text: string): boolean {
  try {
    const value = JSON.parse(text) as { format?: unknown } | null;
    return typeof value?.format === "string" && value.format.startsWith("tandem-model/");
  } catch {
    return false;
  }
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMES_TOLD;
  return names.slice(0, NAMES_TOLD).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
