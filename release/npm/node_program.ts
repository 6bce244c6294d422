/**
 * What a Node user might write, run and type-checked by `deno task npm --check` where the package is
 * installed: a scan read, an artifact applied, masks compared, a volume segmented.
 */
import { readFile } from "node:fs/promises";
import {
  applySteps,
  type Backend,
  dice,
  loadModel,
  type NiftiImage,
  psnr,
  RandomStream,
  readNifti,
  sampleRecipe,
  segmentVolume,
  startBackend,
  toCodes,
  withVoxels,
  writeNifti,
} from "@tandem/tandem";
import { dice as diceAgain } from "@tandem/tandem/metrics";

const [scan, model, predicted, output] = process.argv.slice(2) as [string, string, string, string];

const image: NiftiImage = await readNifti(scan);
const { shape, affine } = image.volume;
const volume = { shape, affine, data: Float32Array.from(image.volume.data) };
const recipe = { artifact: "motion", severity: 3 } as const;
const steps = sampleRecipe(recipe, RandomStream.fromSeed(7), { shape, affine });
const { volume: moved } = applySteps(volume, steps);
const again = applySteps(volume, steps).volume;
const same = moved.data.every((value, n) => value === again.data[n]);

const options = { threads: 2, onNotice() {} };
const backend: Backend = await startBackend(options);
const networks = await loadModel({
  weights: await readFile(`${model}/weights.safetensors`),
  config: await readFile(`${model}/config.json`, "utf8"),
}, { backend: options });
const { labels } = await segmentVolume(networks, image.volume, { network: "ftn" });
const codes = toCodes(labels.data, networks.data.task);
await writeNifti(output, withVoxels(image, codes));
const written = await readNifti(output), wanted = await readNifti(predicted);

const equal = Array.from(codes, Number).filter((code, n) => code === wanted.volume.data[n]).length;
console.log(JSON.stringify({
  node: process.version,
  threads: backend.threads,
  relaxedSimd: backend.relaxedSimd,
  same,
  psnr: psnr(moved.data, volume.data),
  dice: dice(codes, written.volume.data, 1),
  oneModule: dice === diceAgain,
  agreement: equal / codes.length,
}));
