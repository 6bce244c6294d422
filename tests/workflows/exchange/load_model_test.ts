import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";
import { SafetensorsError } from "../../../lib/formats/safetensors/safetensors_error.ts";
import { segmentVolume } from "../../../lib/learning/prediction/segment_volume.ts";
import { WeightsError } from "../../../lib/learning/models/weights_error.ts";
import { exportRun } from "../../../lib/workflows/exchange/export_run.ts";
import { loadModel } from "../../../lib/workflows/exchange/load_model.ts";
import { loadRun } from "../../../lib/workflows/runs/load_run.ts";
import { inFolder } from "../runs/tiny_run.ts";
import { tinyModel } from "./tiny_model.ts";

/** Exports a tiny run, and reads what was written. */
async function exported(dir: string, ...set: string[]) {
  await tinyModel(`${dir}/run`, ...set);
  await exportRun(`${dir}/run`, { output: `${dir}/out/weights.safetensors` });
  return {
    weights: await Deno.readFile(`${dir}/out/weights.safetensors`),
    config: await Deno.readTextFile(`${dir}/out/config.json`),
  };
}

/** A drawn volume. */
const VOLUME = {
  data: Float32Array.from({ length: 20 * 18 * 3 }, (_, n) => (n * 37) % 101),
  shape: [20, 18, 3],
  affine: scalingAffine([2, 2, 8]),
} as const;

for (const networks of ["dual", "segmentation"] as const) {
  Deno.test(`loadModel() segments as the run does that was exported, networks ${networks}`, () =>
    inFolder(async (dir) => {
      const latent = `method.latentAugmentation=${networks === "dual"}`;
      const source = await exported(dir, `method.networks=${networks}`, latent);
      const run = await loadRun(`${dir}/run`, { threads: 1 });
      const wanted = await segmentVolume(run, VOLUME, { uncertainty: true });
      run.segmenter.dispose();
      const model = await loadModel(source, { backend: { threads: 1 } });
      assertEquals(model.segmenter.networks, networks === "dual" ? ["ftn", "stn"] : ["ftn"]);
      const found = await segmentVolume(model, VOLUME, { uncertainty: true });
      model.segmenter.dispose();
      assert(new Set(wanted.uncertainty!.entropy.data).size > 100);
      assertEquals(found.uncertainty, wanted.uncertainty);
      assertEquals(found.labels, wanted.labels);
    }));
}

Deno.test("loadModel() refuses what is damaged, or does not belong together", () =>
  inFolder(async (dir) => {
    const { weights, config } = await exported(dir);
    const load = (source: object) =>
      loadModel({ weights, config, ...source }, { backend: { threads: 1 } });
    await assertRejects(() => load({ weights: weights.subarray(0, 999) }), SafetensorsError);
    await assertRejects(() => load({ config: "{}" }), WeightsError, "config.json: format");
    const wide = JSON.parse(config);
    wide.model.baseWidth = 4;
    const said = "their shapes tell baseWidth of 2, config.json says 4";
    await assertRejects(() => load({ config: JSON.stringify(wide) }), WeightsError, said);
    const spoilt = weights.slice();
    new DataView(spoilt.buffer).setUint32(spoilt.length - 4, 0x7fc00000, true);
    await assertRejects(() => load({ weights: spoilt }), WeightsError, "finite");
    await assertRejects(() => loadModel({ weights, config }, { chunk: 0 }), RangeError, "chunk");
  }));
