import { basename, resolve } from "../../base/deps/std.ts";
import { loadCheckpoint } from "../../formats/run_folder/checkpoint.ts";
import { encodeSafetensors } from "../../formats/safetensors/encode.ts";
import { dualNetworkSpecs } from "../../learning/models/dual_network.ts";
import { NETWORKS } from "../../names.ts";
import { modelRecord } from "../exchange/model_record.ts";
import { trainedWeights } from "../exchange/trained_weights.ts";
import { findCheckpoint } from "../runs/find_checkpoint.ts";
import { openRunFolder } from "../runs/open_run_folder.ts";
import { savedPostprocessing } from "../runs/prediction_models.ts";
import { networkModel, readData } from "../runs/settle_data.ts";
import type { PageModel } from "./page_model.ts";

/** Networks as a page takes them. */
export interface ModelFiles {
  readonly model: PageModel;
  /** A safetensors file of the weights alone. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * The best networks of a run, or the last where nothing was validated, for a page.
 *
 * @throws {RunFolderError | CheckpointError | SafetensorsError} If the run cannot be loaded, or has no
 * checkpoint yet.
 */
export async function readPageModel(dir: string): Promise<ModelFiles> {
  const { folder, config } = await openRunFolder(dir);
  const path = await findCheckpoint(folder);
  const data = await readData(folder, config), model = networkModel(config.model, data);
  const { tensors, state } = await loadCheckpoint(path, { ...model });
  const { step } = state.position, { networks } = config.method;
  const weights = encodeSafetensors(
    trainedWeights(path, tensors, networks, dualNetworkSpecs(model)),
  );
  const { format: _format, version: _version, postprocessing: _saved, ...record } = modelRecord(
    config,
    data,
  );
  const notices: string[] = [];
  const saved: Record<string, NonNullable<PageModel["postprocessing"]>["ftn"]> = {};
  for (const network of NETWORKS.slice(0, networks === "dual" ? 2 : 1)) {
    const runs = [{ dir, data, dual: networks === "dual", augmentation: config.data.augmentation }];
    const found = await savedPostprocessing(runs, [{ step }], network, (line) => {
      if (!notices.includes(line)) notices.push(line);
    });
    if (found === undefined) continue;
    const { keepLargest, connectivity, flags } = found;
    saved[network] = {
      ...{ keepLargest: [...keepLargest], connectivity, entropy: flags.entropy.threshold },
      disagreement: flags.disagreement?.threshold ?? null,
    };
  }
  const { ftn, stn } = saved;
  return {
    weights,
    model: {
      ...{ format: "tandem-page/1", name: basename(resolve(dir)), step, ...record },
      weightsBytes: weights.length,
      convolution: config.training.convolution,
      chunk: config.evaluation.chunk,
      ...ftn && { postprocessing: { ftn, ...stn && { stn } } },
      notices,
    },
  };
}
