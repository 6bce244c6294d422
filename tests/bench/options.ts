import { parseArgs } from "node:util";

/** The measurements by the name that `--only` takes. */
export const MEASUREMENTS = [
  "step",
  "kernels",
  "accuracy",
  "threads",
  "scaling",
  "startup",
  "inference",
  "data",
  "scale",
  "artifacts",
  "alternatives",
  "page",
] as const;

/** The name of a measurement. */
export type MeasurementName = typeof MEASUREMENTS[number];

/** What to measure, and how. */
export interface BenchOptions {
  /** In the order in which they are measured. */
  readonly only: readonly MeasurementName[];
  /** Slices a step. */
  readonly batch: number;
  /** Sides of a slice in pixels. */
  readonly sizes: readonly number[];
  /** Threads in all. */
  readonly threads: number;
  /** Repetitions after the one that warms up; medians are told. */
  readonly steps: number;
  /** Steps without hard examples: never, besides the cooperative ones, or in their place. */
  readonly kinds: readonly StepKind[];
  /** Volumes of a data set. */
  readonly volumes: readonly number[];
  readonly json: boolean;
  /** Tell where the time of a step goes. */
  readonly profile: boolean;
  /** Command template of another implementation of the same step. */
  readonly peer: string | undefined;
  /** What takes the step: the processor, or a graphics card. */
  readonly device: "cpu" | "gpu";
  /** How often Tandem and the peer take turns. */
  readonly rounds: number;
  /** Compare steps, kernels and inference with those kept of this processor. */
  readonly gate: boolean;
  /** Keep them. */
  readonly keep: boolean;
}

/** With hard examples, or without. */
export type StepKind = "cooperative" | "standard";

/** What `--help` says. */
export const USAGE = `Measures Tandem on this machine: deno task bench [options]

  --only NAME,..  ${MEASUREMENTS.join(" | ")} (default: all)
  --batch N       slices a step (default 20)
  --size N,..     sides of a slice, multiples of 16 (default 96,192)
  --threads N     threads (default: all cores)
  --steps N       repetitions after the one that warms up; medians are told (default 3)
  --volumes N,..  volumes of a data set (default 20,200,2000)
  --standard      the standard step in place of the cooperative one
  --profile       time, calls, bytes and GFLOP/s of every operator and kernel of one step
  --peer COMMAND  another implementation of the same step or inference, run by a shell in turn with
                  Tandem; it prints "seconds_per_step NUMBER". {batch} {steps} {size} {threads} and
                  {mode} (cooperative, standard or infer) are filled in, as in
                  --peer "python3 torch_step.py {batch} {steps} {size} {threads} {mode}";
                  variables go in front: --peer "MALLOC_MMAP_MAX_=0 python3 ..."
  --device gpu    the step on a graphics card; --profile then tells its kernels by the card's clock
  --rounds N      turns of Tandem and the peer (default 1)
  --gate          then steps, kernels and inference beside those kept in kept_marks.json of the same
                  processor and threads, each as a share of its day's FMA peak
  --keep          keep those just measured there (default of both: --only step,kernels,inference)
  --json          print one JSON object

A step trains a network of base width 16 with spatial masks of the image code and channel masks of
the shape code, both targeted. Seconds are wall time; peak heap is that of a backend of its own.

accuracy: the rounding error of direct and of Winograd convolutions. scaling: the step as the batch,
the side and the thread count grow. scale: seconds to the first step and peak memory of training as
data sets grow, with an empty cache and a full one. alternatives: convolutions and a small training
step by Tandem, by tfjs (cpu and wasm) and by jax-js, at the smallest size, each in a process of its
own. inference: by onnxruntime-web as well. page: from the drop of a scan on a page in Chromium to its
outline, the same by the command line, and the networks alone by onnxruntime-web in a page.`;

/**
 * Reads the command line.
 *
 * @throws {TypeError} If an option is unknown.
 * @throws {RangeError} If a value is out of range.
 */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      batch: { type: "string", default: "20" },
      size: { type: "string", default: "96,192" },
      threads: { type: "string", default: String(navigator.hardwareConcurrency) },
      steps: { type: "string", default: "3" },
      volumes: { type: "string", default: "20,200,2000" },
      rounds: { type: "string", default: "1" },
      peer: { type: "string" },
      device: { type: "string", default: "cpu" },
      standard: { type: "boolean", default: false },
      profile: { type: "boolean", default: false },
      gate: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const only = values.only?.split(",").map((name) => {
    const known = MEASUREMENTS.find((measurement) => measurement === name);
    if (known !== undefined) return known;
    throw new RangeError(`Cannot measure ${name}: wanted one of ${MEASUREMENTS.join(", ")}`);
  });
  const { gate, keep } = values;
  return {
    only: only ?? (gate || keep ? ["step", "kernels", "inference"] : MEASUREMENTS),
    batch: whole("--batch", values.batch),
    sizes: values.size.split(",").map((text) => whole("--size", text, 16)),
    threads: whole("--threads", values.threads),
    volumes: values.volumes.split(",").map((text) => whole("--volumes", text)),
    steps: whole("--steps", values.steps),
    rounds: whole("--rounds", values.rounds),
    kinds: values.standard
      ? ["standard"]
      : only === undefined
      ? ["cooperative", "standard"]
      : ["cooperative"],
    ...{ gate, keep },
    json: values.json,
    profile: values.profile,
    peer: values.peer,
    device: deviceOf(values.device, only ?? MEASUREMENTS),
  };
}

function deviceOf(text: string, only: readonly MeasurementName[]): BenchOptions["device"] {
  if (text !== "cpu" && text !== "gpu") {
    throw new RangeError(`Cannot measure on ${text}: wanted --device cpu or gpu`);
  }
  const other = only.find((name) => name !== "step");
  if (text === "gpu" && other !== undefined) {
    throw new RangeError(`Cannot measure ${other} on a graphics card: wanted --only step`);
  }
  return text;
}

function whole(option: string, text: string, divisor = 1): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1 && value % divisor === 0) return value;
  throw new RangeError(
    `Cannot use ${option} ${text}: wanted a whole number from 1` +
      (divisor > 1 ? `, a multiple of ${divisor}` : ""),
  );
}
