import { ConfigError } from "../../base/config/config_error.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { dirname, join } from "../../base/deps/std.ts";
import { checkOutputs } from "../../formats/files/check_outputs.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { exists } from "../../formats/files/exists.ts";
import { OutputPathError } from "../../formats/files/output_path_error.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { encodeOnnx } from "../../formats/onnx/encode_onnx.ts";
import { loadCheckpoint } from "../../formats/run_folder/checkpoint.ts";
import { readPostprocessing } from "../../formats/run_folder/postprocessing.ts";
import { writeSafetensors } from "../../formats/safetensors/files.ts";
import { networkGraph } from "../../learning/graph/network_graph.ts";
import { dualNetworkSpecs } from "../../learning/models/dual_network.ts";
import type { ExportFormat, Network } from "../../names.ts";
import { findCheckpoint } from "../runs/find_checkpoint.ts";
import { openRunFolder } from "../runs/open_run_folder.ts";
import { networkModel, readData } from "../runs/settle_data.ts";
import { type ModelRecord, modelRecord } from "./model_record.ts";
import { trainedWeights } from "./trained_weights.ts";

/** What to export, and where to. */
export interface ExportOptions {
  /** The file: `.onnx`, or `.safetensors`, beside which `config.json` is written. */
  readonly output: string;
  /** By default what the file's name says. */
  readonly format?: ExportFormat;
  /**
   * ONNX: the fast-thinking network alone, by default, or refined by the slow one as well. Weights are
   * those of all networks.
   */
  readonly network?: Network;
  /** Replace files that exist. */
  readonly overwrite?: boolean;
}

/** What was exported. */
export interface ExportedRun {
  /** What the files were written as. */
  readonly format: ExportFormat;
  /** The files that were written. */
  readonly files: readonly string[];
  /** Numbers that training learnt, and running statistics. */
  readonly parameters: number;
  /** What stands in the model's metadata, or in `config.json` beside the weights. */
  readonly record: ModelRecord;
}

/**
 * Writes the best networks of a run, or the last where nothing was validated, for other programs: as an
 * ONNX model from `image` [batch, channels, height, width] to `logits` [batch, classes, height, width],
 * what it wants of images in its metadata under `tandem`; or as weights under the names of the authors'
 * code, with `config.json` beside them.
 *
 * @throws {OutputPathError} If the file's name is of another format, or files exist.
 * @throws {ConfigError} If the run has no such network, or it was asked for with weights.
 * @throws {RunFolderError | CheckpointError | SafetensorsError} If the run cannot be loaded.
 * @throws {WriteError} If the disk refuses.
 */
export async function exportRun(dir: string, options: ExportOptions): Promise<ExportedRun> {
  const { output, overwrite = false } = options;
  const format = formatOf(output, options.format);
  const { folder, config } = await openRunFolder(dir);
  if (options.network !== undefined) checkNetwork(dir, config, format, options.network);
  const checkpoint = await findCheckpoint(folder);
  const data = await readData(folder, config), model = networkModel(config.model, data);
  const beside = format === "safetensors" ? [join(dirname(output), "config.json")] : [];
  const { dir: _, ...inputs } = folder;
  await checkOutputs({
    outputs: [output, ...beside],
    inputs: Object.values(inputs),
    overwrite,
  });
  const { tensors, state } = await loadCheckpoint(checkpoint, { ...model });
  const weights = trainedWeights(
    checkpoint,
    tensors,
    config.method.networks,
    dualNetworkSpecs(model),
  );
  const saved = await exists(folder.postprocessing)
    ? await readPostprocessing(folder.postprocessing)
    : undefined;
  // that of other weights says nothing of these
  const own = saved?.step === state.position.step ? saved : undefined;
  const record = modelRecord(config, data, own);
  await makeFolder(dirname(output));
  if (format === "safetensors") {
    await writeAtomically(beside[0]!, JSON.stringify(record, null, 2) + "\n");
    await writeSafetensors(output, weights);
    return { format, files: [output, ...beside], parameters: countOf(weights.values()), record };
  }
  const { network = "ftn" } = options, { temperature, shapePrior } = config.method;
  const graph = networkGraph(weights, { network, temperature, shapePrior });
  const told = { ...record, network };
  const bytes = await encodeOnnx({
    ...graph,
    doc: describe(told),
    producer: { name: "tandem", version: record.version },
    metadata: { tandem: JSON.stringify(told) },
  });
  await writeAtomically(output, bytes);
  const used = [...graph.constants].filter(([name]) => weights.has(name));
  return {
    format,
    files: [output],
    parameters: countOf(used.map(([, tensor]) => tensor)),
    record: told,
  };
}

function formatOf(output: string, given: ExportFormat | undefined): ExportFormat {
  const [, ending] = /\.(onnx|safetensors)$/i.exec(output) ?? [];
  const named = ending?.toLowerCase() as ExportFormat | undefined;
  if (named !== undefined && (given ?? named) === named) return named;
  const wanted = given === undefined ? ".onnx or .safetensors" : `.${given}`;
  throw new OutputPathError(`Cannot write ${output}: wanted a name in ${wanted}`);
}

function checkNetwork(
  dir: string,
  { method }: ResolvedConfig,
  format: ExportFormat,
  network: Network,
): void {
  if (format !== "onnx") {
    throw new ConfigError(
      "network",
      `Cannot export network ${network} as ${format}: weights are those of all networks`,
    );
  }
  if (network === "ftn" || method.networks === "dual") return;
  throw new ConfigError(
    "method.networks",
    `Cannot export network ${network}: run ${dir} has trained no such one (method.networks), ` +
      "wanted ftn",
  );
}

function countOf(tensors: Iterable<{ readonly data: { readonly length: number } }>): number {
  return [...tensors].reduce((sum, { data }) => sum + data.length, 0);
}

/** What a person should know who opens the model in a viewer. */
function describe({ network, model, data }: ModelRecord): string {
  const labels = data.task.labels.map(({ name }, index) => `${index} ${name}`).join(", ");
  return `Segments slices whose sides are multiples of ${
    2 ** model.levels
  } pixels, prepared as the ` +
    `metadata under tandem says, into ${labels}` +
    (network === "stn" ? "; refined once by the slow-thinking network." : ".");
}
