/** What an ONNX model that was made elsewhere wants of images, as a person writes it down. */
import { ConfigError } from "../../../base/config/config_error.ts";
import { z } from "../../../base/deps/zod.ts";
import { issueText } from "../../../base/text/issue_text.ts";
import { shortJson } from "../../../base/text/short_json.ts";
import type { OnnxDescription, OnnxTensor } from "../../../formats/onnx/read_onnx.ts";

const LARGEST_SIDE = 4096;
const side = z.int().min(1).max(LARGEST_SIDE);
const percent = z.number().min(0).max(100);
const positive = z.number().positive();

/** How intensities of a volume are scaled before a model sees them, each channel by itself. */
export const modelIntensitySchema = z.discriminatedUnion("kind", [
  /** As they are. */
  z.strictObject({ kind: z.literal("none") }),
  /** Less their mean, by their deviation; of voxels other than 0 alone where `nonzero`. */
  z.strictObject({ kind: z.literal("zscore"), nonzero: z.boolean().default(false) }),
  /** The least 0, the greatest 1. */
  z.strictObject({ kind: z.literal("minmax") }),
  /** Clipped to two percentiles, which become 0 and 1. */
  ordered(z.strictObject({ kind: z.literal("percentiles"), low: percent, high: percent })),
  /** Clipped to two intensities, which become 0 and 1. */
  ordered(z.strictObject({ kind: z.literal("window"), low: z.number(), high: z.number() })),
  /** Clipped, less a mean, by a deviation: nnU-Net's CTNormalization. */
  ordered(z.strictObject({
    kind: z.literal("ct"),
    ...{ low: z.number(), high: z.number(), mean: z.number(), deviation: positive },
  })),
]);

/** With its bounds the other way round, every voxel would be the same. */
function ordered<T extends z.ZodType<{ low: number; high: number }>>(bounds: T): T {
  return bounds.refine(({ low, high }) => low < high, {
    error: "Wanted low to be less than high",
    path: ["low"],
  }) as T;
}

/** See {@linkcode modelIntensitySchema}. */
export type ModelIntensity = {
  kind: "none";
} | {
  kind: "zscore";
  nonzero: boolean;
} | {
  kind: "minmax";
} | {
  kind: "percentiles";
  low: number;
  high: number;
} | {
  kind: "window";
  low: number;
  high: number;
} | {
  low: number;
  high: number;
  mean: number;
  deviation: number;
  kind: "ct";
};

const sizeSchema = z.union([
  z.strictObject({ height: side, width: side, depth: side.exactOptional() }),
  z.strictObject({ multipleOf: side }),
], { error: "Wanted { height, width } (3-D: and depth), or { multipleOf }" });

/** The schema of a `--model-config` file. */
export const modelConfigSchema: z.ZodType<GivenModelConfig> = z.strictObject({
  dims: z.literal([2, 3]).exactOptional(),
  input: z.string().exactOptional(),
  output: z.string().exactOptional(),
  layout: z.enum(["NCHW", "NHWC", "NCDHW", "NDHWC"]),
  spacing: z.union([
    positive,
    z.tuple([positive, positive]),
    z.tuple([positive, positive, positive]),
  ], {
    error: "Wanted mm above 0: one number, [height, width] or [depth, height, width], or null",
  }).nullable(),
  size: sizeSchema.exactOptional(),
  intensity: modelIntensitySchema,
  sliceAxis: z.union([z.literal("auto"), z.literal(0), z.literal(1), z.literal(2)]).default("auto"),
  orientation: z.string().regex(/^(file|(?=.*[RL])(?=.*[AP])(?=.*[SI])[RLAPSI]{3})$/, {
    error: 'Wanted "file", or three letters as RAS or LPS',
  }).default("file"),
  channels: z.array(z.union([z.int().min(0), z.string()])).min(1).exactOptional(),
  codes: z.array(z.union([z.int().min(0).max(65535), z.string()])).min(2).max(255),
  activation: z.enum(["logits", "probabilities"]),
});

/** What a model sees at once, in pixels: so much, or any multiple of a number. */
export type ModelSize =
  | { readonly height: number; readonly width: number; readonly depth?: number }
  | { readonly multipleOf: number };

/** A model's wishes as a person writes them down, in a `--model-config` file. */
export interface GivenModelConfig {
  /** 2: the model sees slice by slice; 3: volumes. By default what its input tells. */
  readonly dims?: 2 | 3;
  /** Name of its input; by default the only one. */
  readonly input?: string;
  /** Name of its output; by default the only one. */
  readonly output?: string;
  /** Where the channels stand, of input and output; 3-D: NCDHW or NDHWC. */
  readonly layout: "NCHW" | "NHWC" | "NCDHW" | "NDHWC";
  /** mm between voxels: one number, or [height, width], in 3-D [depth, height, width]; null: the file's. */
  readonly spacing: number | [number, number] | [number, number, number] | null;
  /** What it sees at once: larger images are seen in tiles. By default what its input tells. */
  readonly size?: ModelSize;
  /** How intensities are scaled before the model sees them. */
  readonly intensity: ModelIntensity;
  /** The file's axis that slices, or the depth, run along; `auto` is the coarsest. */
  readonly sliceAxis: "auto" | 0 | 1 | 2;
  /** The directions of the file's axes before that, as RAS or LPS; `file` leaves them. */
  readonly orientation: string;
  /** The data set's channels that it wants, by name or number from 0; by default all in their order. */
  readonly channels?: (number | string)[];
  /** For each class the code that is written, or the name of the data set's label; background first. */
  readonly codes: (number | string)[];
  /** What it gives: one channel of logits is class 1 against background. */
  readonly activation: "logits" | "probabilities";
}

/** A model's wishes, all settled. */
export interface ModelConfig extends Omit<GivenModelConfig, "dims" | "input" | "output" | "size"> {
  readonly dims: 2 | 3;
  readonly input: string;
  readonly output: string;
  readonly size: ModelSize;
  /** Images that go in at once, where the model has fixed it. */
  readonly batch?: number;
}

/** The keys that a person is asked for where nothing tells them. */
const ASKED = ["layout", "spacing", "intensity", "codes", "activation"] as const;

/**
 * Settles what a model wants by what a person wrote down and what the model tells of its input.
 *
 * @param value The file's content; undefined: there is none.
 * @param where What errors call that: the file, or the model.
 * @throws {ConfigError} That names all that is missing, or the first thing that is wrong.
 */
export function settleModelConfig(
  value: unknown,
  model: OnnxDescription,
  where: string,
): ModelConfig {
  const given = (value ?? {}) as Record<string, unknown>;
  if (typeof given !== "object" || Array.isArray(given)) {
    throw new ConfigError("", `Cannot use ${where}: wanted a JSON object`);
  }
  const input = chosen(model.inputs, given.input, "input", where);
  const output = chosen(model.outputs, given.output, "output", where);
  const missing: string[] = ASKED.filter((key) => given[key] === undefined);
  const rank = input?.shape.length;
  if (given.dims === undefined && rank !== 4 && rank !== 5) missing.unshift("dims");
  if (input === undefined) missing.unshift("input");
  if (output === undefined) missing.unshift("output");
  const dims = given.dims ?? (rank === 5 ? 3 : 2);
  const told = typeof given.layout === "string" && input !== undefined
    ? sizeOf(input, given.layout)
    : undefined;
  const fits = typeof given.layout === "string" && given.layout.includes("D") === (dims === 3);
  if (given.size === undefined && fits && told === undefined) missing.push("size");
  if (missing.length > 0) {
    throw new ConfigError(
      missing[0]!,
      `Cannot use ${where}: it does not say ${missing.join(", ")} (--model-config FILE.json: ` +
        `{ ${missing.map((key) => `"${key}": …`).join(", ")} })` +
        (input === undefined || output === undefined
          ? `; the model has the inputs ${namesOf(model.inputs)} and the outputs ${
            namesOf(model.outputs)
          }`
          : ""),
    );
  }
  const result = modelConfigSchema.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw new ConfigError(
      issue.path.join("."),
      `Cannot use ${where}: ${issueText(issue, given)}`,
    );
  }
  const config = { ...result.data, dims: dims as 2 | 3, size: result.data.size ?? told! };
  checkTogether(config, input!, where);
  checkChannels(config, input!, output!, where);
  const batch = input!.shape[0];
  return {
    ...config,
    ...{ input: input!.name, output: output!.name },
    ...typeof batch === "number" && { batch },
  };
}

function namesOf(tensors: readonly OnnxTensor[]): string {
  return tensors.map(({ name }) => name).join(", ");
}

/** The tensor that is named, or the only one; undefined where there are several. */
function chosen(
  tensors: readonly OnnxTensor[],
  name: unknown,
  what: string,
  where: string,
): OnnxTensor | undefined {
  if (name === undefined) return tensors.length === 1 ? tensors[0] : undefined;
  const found = tensors.find((tensor) => tensor.name === name);
  if (found !== undefined) return found;
  throw new ConfigError(
    what,
    `Cannot use ${where}: ${what} is ${shortJson(name)}, wanted one of ${namesOf(tensors)}`,
  );
}

/** The fixed sides of an input; undefined where one is not fixed. */
function sizeOf({ shape }: OnnxTensor, layout: string): ModelSize | undefined {
  const at = (letter: string) => shape[layout.indexOf(letter)];
  const [height, width, depth] = [at("H"), at("W"), layout.includes("D") ? at("D") : undefined];
  if (typeof height !== "number" || typeof width !== "number") return undefined;
  if (!layout.includes("D")) return { height, width };
  return typeof depth === "number" ? { depth, height, width } : undefined;
}

function checkTogether(
  { dims, layout, size, spacing }: Pick<ModelConfig, "dims" | "layout" | "size" | "spacing">,
  input: OnnxTensor,
  where: string,
): void {
  const refuse = (key: string, text: string) => {
    throw new ConfigError(key, `Cannot use ${where}: ${text}`);
  };
  if (layout.includes("D") !== (dims === 3)) {
    refuse(
      "layout",
      `layout is ${layout}, wanted ${dims === 3 ? "NCDHW or NDHWC" : "NCHW or NHWC"}`,
    );
  }
  if ("height" in size && (size.depth !== undefined) !== (dims === 3)) {
    refuse("size", `size ${dims === 3 ? "lacks depth" : "has a depth"}, and dims is ${dims}`);
  }
  if (Array.isArray(spacing) && spacing.length !== dims) {
    refuse("spacing", `spacing has ${spacing.length} numbers, wanted ${dims}, or one`);
  }
  if (input.type !== 1) {
    refuse("input", `its input ${input.name} is of ONNX's type ${input.type}, wanted 1 (float32)`);
  }
  const fixed = sizeOf(input, layout);
  if (fixed === undefined || JSON.stringify(sorted(fixed)) === JSON.stringify(sorted(size))) return;
  refuse("size", `size is ${shortJson(size)}, the model's input ${shortJson(fixed)}`);
}

/** Holds what a model declares of its channels to what a person wrote down. */
function checkChannels(
  { layout, channels, codes }: Pick<GivenModelConfig, "layout" | "channels" | "codes">,
  input: OnnxTensor,
  output: OnnxTensor,
  where: string,
): void {
  const refuse = (key: string, text: string) => {
    throw new ConfigError(key, `Cannot use ${where}: ${text}`);
  };
  if (output.type !== 1) {
    refuse(
      "output",
      `its output ${output.name} is of ONNX's type ${output.type}, wanted 1 (float32)`,
    );
  }
  const at = layout.indexOf("C");
  const seen = input.shape[at], given = output.shape[at];
  if (typeof seen === "number" && channels !== undefined && channels.length !== seen) {
    refuse("channels", `there are ${channels.length} channels, and its input takes ${seen}`);
  }
  if (typeof given !== "number" || given === codes.length) return;
  if (given === 1 && codes.length === 2) return;
  refuse("codes", `there are ${codes.length} codes, and its output has ${given} channels`);
}

function sorted(value: object): unknown {
  return Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
}
