import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { loadCheckpoint } from "../../../lib/formats/run_folder/checkpoint.ts";
import {
  type Postprocessing,
  readPostprocessing,
  savePostprocessing,
} from "../../../lib/formats/run_folder/postprocessing.ts";
import { RunExistsError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { writeSafetensors } from "../../../lib/formats/safetensors/files.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { WeightsError } from "../../../lib/learning/models/weights_error.ts";
import { exportRun } from "../../../lib/workflows/exchange/export_run.ts";
import { importRun } from "../../../lib/workflows/exchange/import_run.ts";
import { evaluateRun } from "../../../lib/workflows/runs/evaluate_run.ts";
import { loadRun } from "../../../lib/workflows/runs/load_run.ts";
import { predictFiles } from "../../../lib/workflows/runs/predict_files.ts";
import { drawnValues } from "../../learning/graph/tiny_network.ts";
import { inFolder, names } from "../runs/tiny_run.ts";
import { tinyModel } from "./tiny_model.ts";

const LABELS = 'data.labels=[{"name":"background","codes":[0]},{"name":"whole","codes":[1,2]}]';
const SETTINGS = [LABELS, "data.size=16", "data.spacing=12", "data.intensity=slice"];

async function predicted(run: string, input: string, output: string): Promise<Uint8Array> {
  for await (const _ of predictFiles(run, { input, output, threads: 1 }));
  return await Deno.readFile(output);
}

Deno.test("importRun() makes a run that segments and scores as the exported one", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`);
    await exportRun(`${dir}/run`, { output: `${dir}/out/weights.safetensors` });
    const imported = await importRun(`${dir}/out/weights.safetensors`, { output: `${dir}/again` });
    assertEquals(imported.model, { baseWidth: 2, classes: 4, inputChannels: 1, levels: 4 });
    assertEquals(imported.networks, "dual");
    assertEquals(names(`${dir}/again`), ["config.json", "data.json", "last.safetensors"]);
    const [site] = await writePhantom(`${dir}/data`, { sites: ["B"], subjects: 1, seed: 1 });
    const image = `${site}/B000/B000_sa_ED.nii.gz`;
    const before = await predicted(`${dir}/run`, image, `${dir}/before.nii.gz`);
    assertEquals(await predicted(`${dir}/again`, image, `${dir}/after.nii.gz`), before);
    const options = { data: site!, artifacts: false, cache: null, threads: 1 };
    const evaluation = await evaluateRun(`${dir}/again`, options);
    assertEquals(evaluation.sets, (await evaluateRun(`${dir}/run`, options)).sets);
  }));

Deno.test("importRun() keeps the number of levels", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`, "model.levels=2");
    const { record } = await exportRun(`${dir}/run`, { output: `${dir}/out/weights.safetensors` });
    assertEquals(record.model.levels, 2);
    const { data } = await importRun(`${dir}/out/weights.safetensors`, { output: `${dir}/again` });
    assertEquals(data.levels, 2);
    const { segmenter, config } = await loadRun(`${dir}/again`, { threads: 1 });
    segmenter.dispose();
    assertEquals(config.model.levels, 2);
  }));

Deno.test("importRun() asks for what weights do not tell, by name", () =>
  inFolder(async (dir) => {
    const weights = `${dir}/weights.safetensors`;
    await writeSafetensors(
      weights,
      drawnValues({ baseWidth: 1, classes: 2, inputChannels: 1 }),
    );
    const run = (...set: string[]) => () => importRun(weights, { output: `${dir}/run`, set });
    await assertRejects(
      run("data.size=16"),
      ConfigError,
      "weights do not tell data.labels, data.spacing, data.intensity",
    );
    await assertRejects(run(...SETTINGS, "data.size=auto"), ConfigError, "do not tell data.size");
    await assertRejects(run(...SETTINGS, "training.seed=1"), ConfigError, "training.seed");
    await assertRejects(run(...SETTINGS, "data.intensity=ct"), ConfigError, "its window");
    await assertRejects(
      run("data.layout=acdc", ...SETTINGS.slice(1)),
      ConfigError,
      "data.labels names 4, wanted the 2 classes",
    );
    assertEquals(names(dir), ["weights.safetensors"]);
    const { data } = await run(...SETTINGS, "data.larger=tiles", "method.temperature=3")();
    assertEquals(data.task.labels[1]!.codes, [1, 2]);
    assertEquals(data.preparation.larger, "tiles");
    const config = JSON.parse(await Deno.readTextFile(`${dir}/run/config.json`));
    assertEquals([config.method.temperature, config.model.baseWidth], [3, 1]);
  }));

Deno.test("importRun() asks for the channels where there are several", () =>
  inFolder(async (dir) => {
    const weights = `${dir}/weights.safetensors`;
    await writeSafetensors(weights, drawnValues({ baseWidth: 1, classes: 2, inputChannels: 2 }));
    const options = { output: `${dir}/run`, set: SETTINGS };
    await assertRejects(() => importRun(weights, options), ConfigError, "not tell data.channels");
    const set = [...SETTINGS, 'data.channels=[{"name":"T1"},{"name":"T2"}]'];
    const { data } = await importRun(weights, { ...options, set });
    assertEquals(data.task.channels, [{ name: "T1" }, { name: "T2" }]);
  }));

Deno.test("importRun() takes settings above config.json, and passes over another's", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`);
    const weights = `${dir}/out/weights.safetensors`;
    await exportRun(`${dir}/run`, { output: weights });
    const { data } = await importRun(weights, { output: `${dir}/a`, set: ["data.spacing=3"] });
    assertEquals([data.preparation.spacing, data.preparation.size.width], [3, 16]);
    await Deno.writeTextFile(`${dir}/out/config.json`, '{"format": 5}');
    const told: string[] = [];
    const onNotice = (line: string) => told.push(line);
    await assertRejects(
      () => importRun(weights, { output: `${dir}/b`, onNotice }),
      ConfigError,
      "weights do not tell",
    );
    assert(told[0]!.endsWith("was not written by tandem export, and is passed over"));
    const config = `${dir}/out/config.json`;
    await assertRejects(
      () => importRun(weights, { output: `${dir}/b`, config }),
      WeightsError,
      "format is 5, wanted tandem-model/1",
    );
    await Deno.writeTextFile(config, '{"format": "tandem-model/1", "model": null}');
    await assertRejects(() => importRun(weights, { output: `${dir}/b` }), WeightsError, config);
  }));

Deno.test("importRun() refuses a record of other networks", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`);
    await exportRun(`${dir}/run`, { output: `${dir}/out/weights.safetensors` });
    const other = `${dir}/other.safetensors`;
    await writeSafetensors(other, drawnValues({ baseWidth: 1, classes: 4, inputChannels: 1 }));
    await assertRejects(
      () => importRun(other, { output: `${dir}/b`, config: `${dir}/out/config.json` }),
      WeightsError,
      "config.json tells of width 2, the weights have 1",
    );
  }));

Deno.test("importRun() reads modules of PyTorch from a folder, and says what it passes over", () =>
  inFolder(async (dir) => {
    const fixtures = new URL("../../../fixtures/pytorch/", import.meta.url).pathname;
    const told: string[] = [];
    const { model, networks, files } = await importRun(`${fixtures}networks`, {
      output: `${dir}/run`,
      set: SETTINGS,
      onNotice: (line) => told.push(line),
    });
    assertEquals(model, { baseWidth: 1, classes: 2, inputChannels: 1, levels: 4 });
    assertEquals([networks, files.length], ["segmentation", 2]);
    assertEquals(told, ["passed over: segmentation_decoder.epoch"]);
    const { tensors } = await loadCheckpoint(`${dir}/run/last.safetensors`, { baseWidth: 1 });
    const scale = tensors.get("image_encoder.general_encoder.inc.1.weight")!;
    assertEquals([...scale.data], [0.75]);
  }));

Deno.test("importRun() leaves a folder with a run alone", () =>
  inFolder(async (dir) => {
    const { folder } = await tinyModel(`${dir}/run`);
    await exportRun(`${dir}/run`, { output: `${dir}/out/weights.safetensors` });
    const before = await Deno.readTextFile(folder.config);
    await assertRejects(
      () => importRun(`${dir}/out/weights.safetensors`, { output: `${dir}/run` }),
      RunExistsError,
      "it holds a run already",
    );
    assertEquals(await Deno.readTextFile(folder.config), before);
  }));

Deno.test("importRun() refuses weights with numbers that are not finite", () =>
  inFolder(async (dir) => {
    const values = drawnValues({ baseWidth: 1, classes: 2, inputChannels: 1 });
    values.get("shape_decoder.final_conv.bias")!.data[1] = NaN;
    await writeSafetensors(`${dir}/weights.safetensors`, values);
    await assertRejects(
      () => importRun(`${dir}/weights.safetensors`, { output: `${dir}/run`, set: SETTINGS }),
      WeightsError,
      "shape_decoder.final_conv.bias holds NaN at 1",
    );
  }));

Deno.test("what postprocess has found goes with weights, and with an ONNX model", () =>
  inFolder(async (dir) => {
    const { folder } = await tinyModel(`${dir}/run`);
    const label = { name: "LV", dice: 0.5, largestDice: 0.75, inPieces: 1, keepLargest: true };
    const flags = { entropy: { threshold: 0.25, auroc: null } };
    const found: Postprocessing = {
      ...{ step: 30, cases: 2, badDice: 0.7, connectivity: 26 },
      networks: { ftn: { labels: [label], bad: 0, flags }, stn: { labels: [], bad: 0, flags } },
    };
    await savePostprocessing(folder.postprocessing, found);
    const weights = `${dir}/out/weights.safetensors`;
    const { record } = await exportRun(`${dir}/run`, { output: weights });
    assertEquals(record.postprocessing, found);
    const model = await exportRun(`${dir}/run`, { output: `${dir}/model.onnx` });
    assertEquals(model.record.postprocessing, found);
    await importRun(weights, { output: `${dir}/again` });
    const kept = await readPostprocessing(`${dir}/again/postprocessing.json`);
    assertEquals(kept, { ...found, step: 0 });
    // of other weights
    await savePostprocessing(folder.postprocessing, { ...found, step: 7 });
    const output = `${dir}/other/weights.safetensors`;
    assertEquals(
      (await exportRun(`${dir}/run`, { output, overwrite: true })).record.postprocessing,
      undefined,
    );
  }));
