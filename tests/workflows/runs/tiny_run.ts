import type { ResolvedConfig } from "../../../lib/base/config/config_schema.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { saveCheckpoint, type TrainerState } from "../../../lib/formats/run_folder/checkpoint.ts";
import { createRunFolder } from "../../../lib/formats/run_folder/run_folder.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { openRunCases } from "../../../lib/imaging/data/cases/run_cases.ts";
import { networkModel, settleData } from "../../../lib/workflows/runs/settle_data.ts";
import { FakeStepper } from "../../learning/training/fake_stepper.ts";

/** In the place of networks on a backend. */
export const restoreSegmenter = () => Promise.resolve(new FakeStepper());

/** A run of the fake stepper and one subject of the phantom as files. */
export async function withRun(
  run: (paths: { dir: string; data: string; out: string }) => Promise<void>,
) {
  const parent = await Deno.makeTempDir();
  try {
    const config = await resolveConfig({
      set: ["data.size=32", "data.spacing=6", "data.cache=none"],
    });
    const folder = await createRunFolder(`${parent}/run`, config);
    const data = await settleData(folder, config, await openRunCases(config));
    await saveCheckpoint(folder.last, new FakeStepper().tensors(), {
      format: 1,
      model: { ...networkModel(config.model, data) },
      position: { step: 1, epoch: 1, index: 0 },
      best: null,
      rng: RandomStream.fromSeed(0).state() as TrainerState["rng"],
    });
    const [site] = await writePhantom(`${parent}/data`, { sites: ["B"], subjects: 1, seed: 1 });
    await run({ dir: folder.dir, data: site!, out: `${parent}/out` });
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
}

/** In the place of networks that learn on a backend. */
export const createStepper = () => Promise.resolve(new FakeStepper());

/** The smallest run: three subjects of the phantom, one a part, at 16 x 16. */
export function tinyConfig(dir: string, ...set: string[]): Promise<ResolvedConfig> {
  return resolveConfig({
    set: [
      ...["data.size=16", "data.spacing=12", "phantom.subjects=3", "phantom.otherSubjects=0"],
      ...["training.epochs=1", "training.batchSize=8", `output.dir=${dir}`, "data.cache=none"],
      ...["evaluation.severityVolumes=1"],
      ...set,
    ],
  });
}

/** Runs with a folder that is there for so long. */
export async function inFolder(run: (dir: string) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** What lies in a folder. */
export const names = (dir: string) => [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
