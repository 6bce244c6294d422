import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { fromBinary } from "../../../lib/base/deps/protobuf.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import { ModelProtoSchema } from "../../../lib/formats/onnx/messages/onnx_pb.ts";
import { CheckpointError } from "../../../lib/formats/run_folder/checkpoint_error.ts";
import { loadCheckpoint, saveCheckpoint } from "../../../lib/formats/run_folder/checkpoint.ts";
import { readSafetensors } from "../../../lib/formats/safetensors/files.ts";
import { exportRun } from "../../../lib/workflows/exchange/export_run.ts";
import { modelRecordSchema } from "../../../lib/workflows/exchange/model_record.ts";
import { inFolder, names } from "../runs/tiny_run.ts";
import { tinyModel } from "./tiny_model.ts";

Deno.test("exportRun() writes an ONNX model that tells how images are prepared", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`);
    const output = `${dir}/out/model.onnx`;
    const { files, record } = await exportRun(`${dir}/run`, { output, network: "stn" });
    assertEquals(files, [output]);
    const model = fromBinary(ModelProtoSchema, await Deno.readFile(output));
    assertEquals(model.metadataProps.map(({ key }) => key), ["tandem"]);
    const { value } = model.metadataProps[0]!;
    assertEquals(modelRecordSchema.parse(JSON.parse(value)), record);
    assertEquals(record.network, "stn");
    assertEquals(record.model, { baseWidth: 2, levels: 4 });
    assertEquals(record.data.task.labels.map(({ name }) => name), [
      ...["BG", "LV", "MYO", "RV"],
    ]);
    assertEquals(record.data.preparation.size, { height: 16, width: 16 });
    assertEquals(record.data.fingerprint, null);
    assert(!value.includes(dir), "it tells of no folder");
    assertEquals(names(`${dir}/out`), ["model.onnx"]);
  }));

Deno.test("exportRun() writes the fast-thinking network alone by default", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`);
    const output = `${dir}/model.onnx`;
    const { record, parameters } = await exportRun(`${dir}/run`, { output });
    const { graph } = fromBinary(ModelProtoSchema, await Deno.readFile(output));
    assertEquals(record.network, "ftn");
    assert(graph!.initializer.every(({ name }) => !name!.startsWith("shape_")));
    const held = graph!.initializer.filter(({ name }) => name!.includes("coder"))
      .reduce((sum, { rawData }) => sum + rawData.length / 4, 0);
    assertEquals(parameters, held);
  }));

Deno.test("exportRun() writes the weights under the reference's names, with config.json", () =>
  inFolder(async (dir) => {
    const { weights } = await tinyModel(`${dir}/run`);
    const output = `${dir}/out/weights.safetensors`;
    const { record } = await exportRun(`${dir}/run`, { output });
    assertEquals(names(`${dir}/out`), ["config.json", "weights.safetensors"]);
    const { tensors } = await readSafetensors(output);
    assertEquals(tensors.size, weights.size);
    for (const [name, { data, shape }] of weights) {
      assertEquals(tensors.get(name), { data, shape });
    }
    const config = JSON.parse(await Deno.readTextFile(`${dir}/out/config.json`));
    assertEquals(modelRecordSchema.parse(config), record);
    assertEquals(record.network, undefined);
  }));

Deno.test("exportRun() leaves out networks that were not trained", () =>
  inFolder(async (dir) => {
    const alone = ["method.networks=segmentation", "method.latentAugmentation=false"];
    await tinyModel(`${dir}/run`, ...alone);
    const output = `${dir}/weights.safetensors`;
    await exportRun(`${dir}/run`, { output });
    const { tensors } = await readSafetensors(output);
    const modules = new Set([...tensors.keys()].map((name) => name.split(".")[0]));
    assertEquals(modules, new Set(["image_encoder", "segmentation_decoder"]));
    await assertRejects(
      () => exportRun(`${dir}/run`, { output: `${dir}/model.onnx`, network: "stn" }),
      ConfigError,
      "has trained no such one",
    );
  }));

Deno.test("exportRun() replaces nothing unasked, and nothing of the run at all", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`);
    await Deno.writeTextFile(`${dir}/config.json`, "mine");
    const output = `${dir}/weights.safetensors`, run = `${dir}/run`;
    await assertRejects(
      () => exportRun(run, { output }),
      OutputPathError,
      "config.json: it exists",
    );
    assertEquals(await Deno.readTextFile(`${dir}/config.json`), "mine");
    await exportRun(run, { output, overwrite: true });
    const own = { output: `${run}/weights.safetensors`, overwrite: true };
    await assertRejects(() => exportRun(run, own), OutputPathError, "config.json: it is the input");
    const best = { output: `${run}/best.safetensors`, overwrite: true };
    await assertRejects(() => exportRun(run, best), OutputPathError, "it is the input");
  }));

Deno.test("exportRun() holds the file's name to the format", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`);
    const run = (output: string, format?: "onnx" | "safetensors") => () =>
      exportRun(`${dir}/run`, { output: `${dir}/${output}`, ...format && { format } });
    await assertRejects(run("model.pb"), OutputPathError, "wanted a name in .onnx or .safetensors");
    await assertRejects(run("model.onnx", "safetensors"), OutputPathError, "in .safetensors");
    await assertRejects(
      () => exportRun(`${dir}/run`, { output: `${dir}/w.safetensors`, network: "ftn" }),
      ConfigError,
      "weights are those of all networks",
    );
  }));

Deno.test("exportRun() names a tensor that the checkpoint lacks", () =>
  inFolder(async (dir) => {
    const { folder } = await tinyModel(`${dir}/run`);
    const { tensors, state } = await loadCheckpoint(folder.best, {});
    tensors.delete("segmentation_decoder.up2.conv.1.running_var");
    await saveCheckpoint(folder.best, tensors, state);
    await assertRejects(
      () => exportRun(`${dir}/run`, { output: `${dir}/model.onnx` }),
      CheckpointError,
      "segmentation_decoder.up2.conv.1.running_var is missing",
    );
  }));
