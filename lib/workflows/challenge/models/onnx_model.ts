import { ConfigError } from "../../../base/config/config_error.ts";
import { dirname, join } from "../../../base/deps/std.ts";
import type { Task } from "../../../base/task/task.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { parseJson } from "../../../base/text/parse_json.ts";
import { WorkerClient } from "../../../base/workers/worker_client.ts";
import { removeLeft } from "../../../formats/files/remove_left.ts";
import { WriteError } from "../../../formats/files/write_atomically.ts";
import { NiftiError } from "../../../formats/nifti/nifti_error.ts";
import { OnnxError } from "../../../formats/onnx/onnx_error.ts";
import { type OnnxDescription, readOnnx } from "../../../formats/onnx/read_onnx.ts";
import { DatasetError } from "../../../imaging/data/cases/dataset_error.ts";
import { unknownName } from "../../../base/text/unknown_name.ts";
import { modelRecordSchema } from "../../exchange/model_record.ts";
import { readConfigFile } from "../../../formats/files/read_config_file.ts";
import type { ChallengeFailure, ChallengeModel, ModelWork } from "./challenge_model.ts";
import { settleModelConfig } from "./model_config.ts";
import type { OnnxWork, SettledModelConfig } from "./onnx_worker.ts";

const ERRORS = [DatasetError, NiftiError, OnnxError, WriteError];

/** The key under which an exported model's metadata holds its record. */
const RECORD = "tandem";

/**
 * A model in an ONNX file. What it wants of images stands in its metadata where Tandem exported it, or in
 * a file that a person wrote.
 *
 * @param configs The path of that file: one for this model, which stands above its metadata, or one for
 * models without.
 * @param task The data set's labels and channels.
 * @throws {OnnxError} If the file is no ONNX model.
 * @throws {ConfigError} If it is not known what the model wants; all that is missing is named.
 */
export async function onnxModel(
  name: string,
  path: string,
  configs: { readonly own: string | undefined; readonly others: string | undefined },
  task: Task,
): Promise<ChallengeModel> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new OnnxError(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
  const model = await readOnnx(bytes, path);
  const wants = await wishesOf(model, path, configs, task);
  const { externalFiles } = model, hashes = [await sha256(bytes)];
  for (const file of externalFiles) {
    const beside = join(dirname(path), file);
    try {
      hashes.push(await sha256(await Deno.readFile(beside)));
    } catch (cause) {
      throw new OnnxError(
        `Cannot open ${path}: its weights lie in ${beside}, and ${messageOf(cause)}`,
        { cause },
      );
    }
  }
  const hash = hashes.join(" ");
  return {
    name,
    source: path,
    identity: `onnx ${hash} ${wants.kind === "foreign" ? JSON.stringify(wants.config) : ""}`.trim(),
    run: (work) =>
      segmentAll({ path, externalFiles, list: work.list, folder: work.folder, wants }, work),
  };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

async function wishesOf(
  model: OnnxDescription,
  path: string,
  { own, others }: Parameters<typeof onnxModel>[2],
  task: Task,
): Promise<OnnxWork["start"]["wants"]> {
  const record = model.metadata[RECORD];
  if (own === undefined && record !== undefined) {
    const where = `the metadata of ${path}`;
    return { kind: "exported", record: parseJson(record, modelRecordSchema, where, OnnxError) };
  }
  const config = own ?? others;
  const where = config ?? `${path} without a --model-config`;
  const value = config === undefined ? undefined : await readConfigFile(config);
  const settled = settleModelConfig(value, model, where);
  const { channels = task.channels.map((_, n) => n) } = settled;
  const input = model.inputs.find(({ name }) => name === settled.input)!;
  const takes = input.shape[settled.layout.indexOf("C")];
  if (typeof takes === "number" && takes !== channels.length) {
    throw new ConfigError(
      "channels",
      `Cannot use ${where}: its input takes ${takes} channels, the data set has ${channels.length} ` +
        `(${task.channels.map(({ name }) => name).join(", ")})`,
    );
  }
  const codes = settled.codes.map((code) => codeNumber(code, task, where));
  const known = new Set(task.labels.flatMap((label) => label.codes));
  const unknown = codes.filter((code) => !known.has(code) && code !== 0);
  if (unknown.length > 0) {
    throw new ConfigError(
      "codes",
      `Cannot use ${where}: the data set has no ${unknown.join(", ")} among its codes, which are ${
        [...known].join(", ")
      }`,
    );
  }
  return {
    kind: "foreign",
    config: {
      ...settled,
      channels: channels.map((channel) => channelNumber(channel, task, where)),
      codes,
    } satisfies SettledModelConfig,
  };
}

function channelNumber(channel: number | string, { channels }: Task, where: string): number {
  const names = channels.map((own) => own.name);
  const n = typeof channel === "number" ? channel : names.indexOf(channel);
  if (n >= 0 && n < names.length) return n;
  throw new ConfigError(
    "channels",
    `Cannot use ${where}: channels: ` +
      (typeof channel === "number"
        ? `the data set has ${names.length}, from 0, and none of number ${channel}`
        : unknownName("channel", channel, names)),
  );
}

function codeNumber(code: number | string, { labels }: Task, where: string): number {
  if (typeof code === "number") return code;
  const named = labels.find(({ name }) => name === code);
  const found = (named ?? (code === "background" ? labels[0] : undefined))?.codes[0];
  if (found !== undefined) return found;
  const problem = unknownName("label", code, labels.map(({ name }) => name));
  throw new ConfigError("codes", `Cannot use ${where}: codes: ${problem}`);
}

/** Gives cases to workers, each with the model in a memory of its own. */
async function segmentAll(
  start: OnnxWork["start"],
  { cases, folder, threads, onDone, stop }: ModelWork,
): Promise<Omit<ChallengeFailure, "model">[]> {
  const failures: Omit<ChallengeFailure, "model">[] = [];
  for (const place of new Set(cases.map((one) => dirname(join(folder, one.place))))) {
    await removeLeft(place);
  }
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const abort = () => aborted.reject(stop!.reason);
  stop?.addEventListener("abort", abort, { once: true });
  if (stop?.aborted) abort();
  let next = 0, done = 0;
  const serve = async () => {
    const module = new URL("./onnx_worker.ts", import.meta.url);
    using worker = new WorkerClient<OnnxWork>(module, start, { errors: ERRORS });
    while (next < cases.length) {
      const { id, place } = cases[next++]!;
      try {
        const task = { id, output: join(folder, place) };
        await Promise.race([worker.ask(task), aborted.promise]);
      } catch (error) {
        if (stop?.aborted || worker.ended || error instanceof WriteError) {
          next = cases.length;
          throw error;
        }
        failures.push({ what: id, message: messageOf(error) });
      }
      onDone(++done);
    }
  };
  const ends = await Promise.allSettled(
    Array.from({ length: Math.min(threads, cases.length) }, serve),
  );
  stop?.removeEventListener("abort", abort);
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
  return failures;
}
