import { basename, join } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { readPyTorch } from "../../formats/pytorch/read_pytorch.ts";
import { readSafetensors } from "../../formats/safetensors/files.ts";
import type { NamedTensors, TensorData } from "../../formats/safetensors/tensor_record.ts";
import { type MatchedWeights, matchWeights } from "../../learning/models/match_weights.ts";
import { NETWORK_MODULES } from "../../learning/models/parameter_names.ts";
import { WeightsError } from "../../learning/models/weights_error.ts";

/** Weights of the networks, and what they tell. */
export interface ReadWeights extends Pick<MatchedWeights, "model" | "networks" | "others"> {
  /** By the reference's names. */
  readonly tensors: NamedTensors;
  /** The files that they were read from. */
  readonly files: readonly string[];
  /** Biases that were not there and are 0. */
  readonly zeros: readonly string[];
}

/** A tensor that is read when it is known to be wanted. */
interface Source {
  readonly shape: readonly number[];
  readonly read: () => Float32Array;
}

/**
 * Reads weights of the networks: a safetensors file, a file of PyTorch (`.pth`, `.pt`, `.pkl`, `.ckpt`,
 * `.bin`, `.pth.tar`), or a folder with one of the latter for each module of the authors' code, as `image_encoder.pth`.
 *
 * @throws {WeightsError} If there is no such file, or its tensors are not those of the networks, or
 * hold numbers that are not finite.
 * @throws {SafetensorsError | PyTorchError} If a file is damaged.
 */
export async function readWeights(path: string): Promise<ReadWeights> {
  const files = await filesOf(path);
  const sources = new Map<string, Source>(), others: string[] = [];
  for (const { file, prefix } of files) {
    const { tensors, others: beside } = await readFile(file);
    for (const [name, source] of tensors) sources.set(prefix + name, source);
    others.push(...beside.map((name) => prefix + name));
  }
  const shapes = new Map([...sources].map(([name, { shape }]) => [name, shape]));
  const matched = matchWeights(shapes, path);
  const tensors: NamedTensors = new Map();
  for (const [name, given] of matched.names) {
    const { shape, read } = sources.get(given)!, data = read();
    const at = data.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) {
      throw new WeightsError(
        `Cannot import ${path}: ${given} holds ${data[at]} at ${at}, wanted finite numbers`,
      );
    }
    tensors.set(name, { shape, data });
  }
  for (const [name, shape] of matched.zeros) {
    tensors.set(name, { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
  }
  return {
    model: matched.model,
    networks: matched.networks,
    tensors,
    files: files.map(({ file }) => file),
    zeros: [...matched.zeros.keys()],
    others: [...matched.others, ...others],
  };
}

/** The files to read, each with what its names begin with. */
async function filesOf(path: string): Promise<{ file: string; prefix: string }[]> {
  let isFolder: boolean;
  try {
    isFolder = (await Deno.stat(path)).isDirectory;
  } catch (cause) {
    throw new WeightsError(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
  if (!isFolder) {
    const module = NETWORK_MODULES.find((own) => basename(path) === `${own}.pth`);
    if (module === undefined) return [{ file: path, prefix: "" }];
    throw new WeightsError(
      `Cannot import ${path}: it is one module of several, wanted the folder that holds them`,
    );
  }
  const names = (await Array.fromAsync(Deno.readDir(path))).map(({ name }) => name);
  const modules = NETWORK_MODULES.filter((module) => names.includes(`${module}.pth`));
  if (modules.length > 0) {
    return modules.map((module) => ({ file: join(path, `${module}.pth`), prefix: `${module}.` }));
  }
  throw new WeightsError(
    `Cannot import ${path}: the folder holds none of ${
      NETWORK_MODULES.map((module) => `${module}.pth`).join(", ")
    }, wanted these, or a file`,
  );
}

async function readFile(
  file: string,
): Promise<{ tensors: ReadonlyMap<string, Source>; others: readonly string[] }> {
  if (/\.(pth|pt|pkl|ckpt|bin|tar)$/i.test(file)) {
    const { tensors, others } = await readPyTorch(file);
    return {
      tensors: new Map(
        [...tensors].map(([name, tensor]) => [
          name,
          { shape: tensor.shape, read: () => tensor.read() },
        ]),
      ),
      others,
    };
  }
  if (/\.safetensors$/i.test(file)) {
    const { tensors } = await readSafetensors(file, { widen: true });
    return {
      tensors: new Map(
        [...tensors].map(([name, { shape, data }]) => [name, { shape, read: () => float32(data) }]),
      ),
      others: [],
    };
  }
  throw new WeightsError(
    `Cannot import ${file}: ${
      basename(file)
    } is of no known kind, wanted a name in .safetensors, ` +
      ".pth, .pt, .pkl, .ckpt, .bin or .pth.tar",
  );
}

function float32(data: TensorData): Float32Array {
  if (data instanceof Float32Array) return data;
  return Float32Array.from(data as Iterable<number | bigint>, Number);
}
