/** A program and an ONNX model that call bright voxels class 1, for tests that know what must come out. */
import { encodeOnnx } from "../../../lib/formats/onnx/encode_onnx.ts";

const LIB = new URL("../../../lib/", import.meta.url).href;

/**
 * A program for `--command`: it segments each image of a folder, or one.
 *
 * @param failing Names of cases that it passes over; where a set's folder holds `FAIL`, it ends with 3.
 */
export async function thresholdProgram(
  path: string,
  threshold: number,
  skipped: readonly string[] = [],
): Promise<string> {
  await Deno.writeTextFile(
    path,
    `import { readNifti } from "${LIB}formats/nifti/read_nifti.ts";
import { writeNifti } from "${LIB}formats/nifti/write_nifti.ts";
import { withVoxels } from "${LIB}formats/nifti/nifti_image.ts";
const [input, output] = Deno.args;
const files = /nii/.test(input) ? [input] : [...Deno.readDirSync(input)].map((e) => input + "/" + e.name);
for (const file of files) {
  const name = file.split("/").at(-1).replace("_0000", "");
  if (${JSON.stringify(skipped)}.some((part) => name.includes(part))) continue;
  const image = await readNifti(file);
  const codes = Uint8Array.from(image.volume.data, (value) => value > ${threshold} ? 1 : 0);
  await writeNifti(/nii/.test(output) ? output : output + "/" + name, withVoxels(image, codes));
}
`,
  );
  return `${JSON.stringify(Deno.execPath())} run -A --no-check ${
    JSON.stringify(path)
  } {input} {output}`;
}

/**
 * The same as a model: two maps of logits, 0 and the voxel less the threshold.
 *
 * @param shape Of its input, `[batch, 1, …]`; 4 sides in 2-D, 5 in 3-D.
 */
export async function thresholdModel(
  threshold: number,
  shape: readonly (number | string)[],
): Promise<Uint8Array> {
  const ones = shape.slice(2).map(() => 1);
  return await encodeOnnx({
    nodes: [{
      operator: "Conv",
      inputs: ["image", "weight", "bias"],
      output: "maps",
      attributes: { kernel_shape: ones },
    }],
    constants: new Map([
      ["weight", { data: Float32Array.of(0, 1), shape: [2, 1, ...ones] }],
      ["bias", { data: Float32Array.of(0, -threshold), shape: [2] }],
    ]),
    input: { name: "image", shape },
    output: { name: "maps", shape: [shape[0]!, 2, ...shape.slice(2)] },
    producer: { name: "test", version: "1" },
    metadata: {},
  });
}

/** The same model with its weights in a file beside it, as PyTorch's newer exporter writes them. */
export async function withExternalData(
  bytes: Uint8Array,
  location: string,
): Promise<{ model: Uint8Array; weights: Uint8Array }> {
  const { ModelProtoSchema, StringStringEntryProtoSchema, TensorProto_DataLocation } = await import(
    "../../../lib/formats/onnx/messages/onnx_pb.ts"
  );
  const { create, fromBinary, toBinary } = await import("../../../lib/base/deps/protobuf.ts");
  const model = fromBinary(ModelProtoSchema, bytes), weights: number[] = [];
  for (const tensor of model.graph!.initializer) {
    const told = { location, offset: weights.length, length: tensor.rawData.length };
    weights.push(...tensor.rawData);
    tensor.rawData = new Uint8Array();
    tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
    tensor.externalData = Object.entries(told).map(([key, value]) =>
      create(StringStringEntryProtoSchema, { key, value: String(value) })
    );
  }
  return { model: toBinary(ModelProtoSchema, model), weights: Uint8Array.from(weights) };
}
