/** Models as people ask for them, and as they are opened. */
import { ConfigError } from "../../base/config/config_error.ts";
import { basename, resolve } from "../../base/deps/std.ts";
import type { Task } from "../../base/task/task.ts";
import { exists } from "../../formats/files/exists.ts";
import { findProgram } from "./models/find_program.ts";
import type { CommandCalls, Network } from "../../names.ts";
import type { ChallengeModel } from "./models/challenge_model.ts";
import { commandModel } from "./models/command_model.ts";
import { commandWords } from "./models/command_words.ts";
import { onnxModel } from "./models/onnx_model.ts";
import { runModel } from "./models/run_model.ts";

/** A model that a person asks for, each as `NAME=…` or without a name. */
export interface ModelRequest {
  /** What `text` is: an ONNX file, the folder of a run of Tandem's, or a program's command. */
  readonly kind: "onnx" | "run" | "command";
  /** A file, a run's folder, or a command. */
  readonly text: string;
}

/** How requested models are opened. */
export interface OpenModelsOptions {
  /** What ONNX models want, as `NAME=FILE.json` for one, or `FILE.json` for all that tell nothing. */
  readonly configs?: readonly string[];
  /** How often a command is called; once a set by default. */
  readonly calls?: CommandCalls;
  /** The network of runs; by default the slow-thinking one, where there is one. */
  readonly network?: Network;
}

const NAMED = /^(\w[\w.-]*)=(.+)$/s;

/**
 * Opens models, and with them all that could be wrong before any work.
 *
 * @throws {ConfigError} If there is none, two have one name, or one cannot be used as it is asked for.
 * @throws {OnnxError | RunFolderError | CheckpointError} If a file or run cannot be read.
 */
export async function openModels(
  requests: readonly ModelRequest[],
  task: Task,
  { configs = [], calls = "set", network }: OpenModelsOptions,
): Promise<ChallengeModel[]> {
  const named = [];
  for (const { kind, text } of requests) {
    // a file may have = in its name
    const whole = kind !== "command" && NAMED.test(text) && await exists(text);
    named.push({ kind, ...nameOf(kind, text, whole) });
  }
  const names = named.map(({ name }) => name);
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) {
    throw new ConfigError("models", `Cannot run two models called ${twice}: name them, as NAME=…`);
  }
  const wishes = new Map(configs.map((config): [string, string] => {
    const [, name = "", path = config] = NAMED.exec(config) ?? [];
    return [name, path];
  }));
  for (const name of wishes.keys()) {
    if (name === "" || names.includes(name)) continue;
    throw new ConfigError(
      "modelConfig",
      `Cannot use the --model-config of ${name}: the models are ${names.join(", ")}`,
    );
  }
  const models: ChallengeModel[] = [];
  for (const { kind, name, text } of named) {
    models.push(
      kind === "onnx"
        ? await onnxModel(name, text, { own: wishes.get(name), others: wishes.get("") }, task)
        : kind === "run"
        ? await runModel(name, text, network)
        : commandModel(name, text, calls, task.channels.length),
    );
    if (kind === "command") await checkProgram(name, text);
  }
  return models;
}

/** The name before `=`, or that of the file, folder or program. */
function nameOf(
  kind: ModelRequest["kind"],
  text: string,
  whole: boolean,
): { name: string; text: string } {
  const [, given, rest] = whole ? [] : NAMED.exec(text) ?? [];
  if (given !== undefined) return { name: given, text: rest! };
  const path = kind === "command" ? commandWords(text)[0] : resolve(text);
  const own = basename(path).replace(/\.onnx$/i, "").replaceAll(/[^\w.-]/g, "_").replace(
    /^\W/,
    "_",
  );
  return { name: own, text };
}

/** Tells before any work that there is no such program. */
async function checkProgram(name: string, text: string): Promise<void> {
  const [program] = commandWords(text);
  if (await findProgram(program)) return;
  throw new ConfigError(
    "command",
    `Cannot run ${name}: there is no program ${program}. What stands before = is the model's name; ` +
      "variables are given as NAME=env VARIABLE=VALUE PROGRAM …",
  );
}
