import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { saveCheckpoint, type TrainerState } from "../../../lib/formats/run_folder/checkpoint.ts";
import { createRunFolder, type RunFolder } from "../../../lib/formats/run_folder/run_folder.ts";
import type { NamedTensors } from "../../../lib/formats/safetensors/tensor_record.ts";
import { openRunCases } from "../../../lib/imaging/data/cases/run_cases.ts";
import { networkModel, settleData } from "../../../lib/workflows/runs/settle_data.ts";
import { drawnValues } from "../../learning/graph/tiny_network.ts";
import { tinyConfig } from "../runs/tiny_run.ts";

/** A run of the smallest networks, with drawn weights in the place of trained ones. */
export async function tinyModel(
  dir: string,
  ...set: string[]
): Promise<{ folder: RunFolder; weights: NamedTensors }> {
  const config = await tinyConfig(dir, "model.baseWidth=2", ...set);
  const folder = await createRunFolder(dir, config);
  const data = await settleData(folder, config, await openRunCases(config));
  const model = networkModel(config.model, data);
  const weights = drawnValues(model);
  const optimizer = ["optimizer.steps", { shape: [1], data: Float32Array.of(3) }] as const;
  await saveCheckpoint(folder.best, new Map([...weights, optimizer]), {
    format: 1,
    model: { ...model },
    data,
    position: { step: 30, epoch: 3, index: 0 },
    best: { score: 0.5, epoch: 2 },
    rng: RandomStream.fromSeed(0).state() as TrainerState["rng"],
  });
  return { folder, weights };
}
