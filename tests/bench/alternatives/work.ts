/** The work that every alternative does, as shapes and numbers outside any of them. */
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import type { TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";

/** A 3 x 3 convolution without bias, padded to the same size: forward and both gradients. */
export interface ConvolutionWork {
  readonly kind: "convolution";
  /** Slices. */
  readonly batch: number;
  /** Side of a slice in pixels. */
  readonly side: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
}

/**
 * A training step: twice a 3 x 3 convolution, batch normalisation (batch statistics, epsilon 1e-5)
 * and LeakyReLU (slope 0.2); a 1 x 1 convolution with bias to logits; the mean cross-entropy; its
 * gradient by all parameters; and one step of gradient descent at a learning rate of 1.
 *
 * The parameters that come out are dropped: every run starts from the same ones.
 */
export interface StepWork {
  readonly kind: "step";
  readonly batch: number;
  readonly side: number;
  /** Channels of both maps; the image has one. */
  readonly width: number;
  readonly classes: number;
}

/** What is done by each alternative. */
export type Work = ConvolutionWork | StepWork;

/** Named arrays: maps are [batch, height, width, channels], filters [height, width, in, out]. */
export type Arrays = Readonly<Record<string, TensorRecord<Float32Array>>>;

/** The parameters of a step, in the order in which they are used. */
export const STEP_PARAMETERS = [
  ...["filter1", "gamma1", "beta1", "filter2", "gamma2", "beta2", "filter3", "bias3"],
] as const;

/** One kind of work by an alternative, ready to be done again and again. */
export interface Task {
  /** Does the work once; it is over, to the last number, when this returns or resolves. */
  run(): void | Promise<void>;
  /**
   * Does the work once for its results. A convolution's: `y` and the gradients `x` and `filter`; a
   * step's: `loss`, a gradient and an `updated` parameter for every parameter.
   */
  results(): Promise<Arrays>;
}

/** Starts an alternative with all that a kind of work needs. */
export type Prepare = (work: Work, threads: number) => Promise<Task>;

/** Slope below zero of a step's LeakyReLUs. */
export const LEAKY = 0.2;

/** Added to the variance in a step's batch normalisations. */
export const EPSILON = 1e-5;

/** The work of the table for slices of this size. */
export function worksFor(batch: number, size: number): readonly Work[] {
  return [
    { kind: "convolution", batch, side: size, inputChannels: 16, outputChannels: 16 },
    { kind: "convolution", batch, side: size / 4, inputChannels: 64, outputChannels: 64 },
    { kind: "step", batch, side: size, width: 16, classes: 4 },
  ];
}

/** `3 x 3, 16 -> 16, 20 x 96 x 96`, or the like of a step. */
export function nameOf(work: Work): string {
  const { batch, side } = work, map = `${batch} x ${side} x ${side}`;
  return work.kind === "step"
    ? `small training step, ${map}`
    : `3 x 3, ${work.inputChannels} -> ${work.outputChannels}, ${map}`;
}

/**
 * Random inputs, the same for everyone. A convolution's: `x`, `filter` and the gradient `dy` of its
 * output; a step's: `image`, `labels` (whole numbers, [batch, height, width]) and the parameters.
 */
export function inputsOf(work: Work): Arrays {
  const random = RandomStream.fromSeed(0);
  const draw = (
    name: string,
    shape: readonly number[],
    value: (stream: RandomStream) => number,
  ): TensorRecord<Float32Array> => {
    const stream = random.stream(name);
    const length = shape.reduce((a, b) => a * b, 1);
    return { shape, data: Float32Array.from({ length }, () => value(stream)) };
  };
  const uniform = (stream: RandomStream) => stream.uniform(-1, 1);
  const { batch, side } = work;
  const filter = (name: string, size: number, inputs: number, outputs: number) => {
    const deviation = Math.sqrt(2 / (size * size * inputs));
    const value = (stream: RandomStream) => stream.normal(0, deviation);
    return { [name]: draw(name, [size, size, inputs, outputs], value) };
  };
  if (work.kind === "convolution") {
    const { inputChannels, outputChannels } = work;
    return {
      x: draw("x", [batch, side, side, inputChannels], uniform),
      ...filter("filter", 3, inputChannels, outputChannels),
      dy: draw("dy", [batch, side, side, outputChannels], uniform),
    };
  }
  const { width, classes } = work;
  const affine = (number: 1 | 2) => ({
    [`gamma${number}`]: draw(`gamma${number}`, [width], (stream) => stream.uniform(0.5, 1.5)),
    [`beta${number}`]: draw(`beta${number}`, [width], uniform),
  });
  return {
    image: draw("image", [batch, side, side, 1], uniform),
    labels: draw("labels", [batch, side, side], (stream) => stream.integer(0, classes - 1)),
    ...filter("filter1", 3, 1, width),
    ...affine(1),
    ...filter("filter2", 3, width, width),
    ...affine(2),
    ...filter("filter3", 1, width, classes),
    bias3: draw("bias3", [classes], uniform),
  };
}
