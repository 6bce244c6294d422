/** The end of a block: act(normalise(x) + skip). */
import { tf } from "../deps/tfjs.ts";
import type { Tensor, Tensor1D, Tensor2D, Tensor4D, TensorInfo } from "../deps/tfjs.ts";
import { makeOutput, pointerOf, runtime } from "../runtime.ts";
import { KERNEL_NAMES } from "./kernel_names.ts";
import {
  backThroughNormalisation,
  checkSlope,
  type Normalisation,
  type NormalisationAttributes,
  rowsPerChunk,
  withScaleAndShift,
} from "./normalisation.ts";
import { zeroGradient } from "./go_back.ts";
import { overrideGradient, overrideKernel } from "./override.ts";
import { release } from "./release.ts";
import { isDoubled } from "./skip_shape.ts";

type Shape4 = [number, number, number, number];

// Two names, because tfjs wants every input that a gradient saves to be there.
const { activate: PLAIN, join: WITH_SKIP } = KERNEL_NAMES;

interface Attributes extends NormalisationAttributes {
  /** The skip map's shape: its gradient needs no more of it. */
  readonly skip?: number[];
}

/**
 * act(normalise(x) + skip), differentiable in x, skip, gamma and beta.
 *
 * @param x [batch, height, width, channels]
 * @param normalisation How x is normalised; its slope is the activation's, behind the sum.
 * @param skip Of x's shape, or of half its height and width: then it is doubled by nearest
 * neighbour while it is read. None: nothing is added.
 * @throws {TypeError} If skip has neither shape.
 * @throws {RangeError} If the normalisation's slope is not 0 to 1.
 */
export function join(x: Tensor4D, normalisation: Normalisation, skip?: Tensor4D): Tensor4D {
  checkSlope("join", normalisation);
  const inputs: Record<string, Tensor> = {
    statistics: normalisation.statistics,
    gamma: normalisation.gamma,
    beta: normalisation.beta,
    ...(skip && { skip }),
    x,
  };
  const { slope, training, frozen } = normalisation;
  const attributes: Attributes = { slope, training, frozen, ...(skip && { skip: skip.shape }) };
  const name = skip ? WITH_SKIP : PLAIN;
  return tf.engine().runKernel(name, inputs as never, attributes as never) as Tensor4D;
}

/** Registers the operator, without and with a skip map, and its gradients. */
export function registerJoin(): void {
  register(PLAIN, ["x", "statistics", "gamma", "beta"]);
  register(WITH_SKIP, ["x", "statistics", "gamma", "beta"]);
}

function register(kernelName: string, inputsToSave: string[]): void {
  overrideKernel(kernelName, ({ inputs, attrs }) => {
    const { x, skip, statistics, gamma, beta } = inputs as
      & Record<"x" | "statistics" | "gamma" | "beta", TensorInfo>
      & { skip?: TensorInfo };
    const { slope } = attrs as unknown as NormalisationAttributes;
    const [n, height, width, channels] = x.shape as Shape4;
    const doubled = isDoubled("join", x.shape, skip?.shape);
    const out = makeOutput(x.shape);
    const bandRows = rowsPerChunk(width, channels);
    withScaleAndShift({ statistics, gamma, beta }, channels, (scale, shift) => {
      runtime().pool.run("join", Math.ceil(n * height / bandRows), {
        x: pointerOf(x),
        scale,
        shift,
        slope,
        skip: skip ? pointerOf(skip) : 0,
        doubled,
        out: pointerOf(out),
        rows: n * height,
        width,
        channels,
        bandRows,
      });
    });
    return out;
  });

  overrideGradient({
    kernelName,
    inputsToSave,
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => {
      const d = dy as Tensor4D;
      const out = saved.at(-1) as Tensor4D;
      const [x, statistics, gamma, beta] = saved as [Tensor4D, Tensor2D, Tensor1D, Tensor1D];
      const attributes = attrs as unknown as Attributes;
      const { skip } = attributes;
      let back:
        | { x: TensorInfo; skip?: TensorInfo; gamma: Float32Array; beta: Float32Array }
        | undefined;
      const backward = () => back ??= run();
      function run() {
        const dx = makeOutput(x.shape);
        const dskip = skip && makeOutput(skip);
        const sums = backThroughNormalisation(x.shape, { statistics, gamma, beta }, attributes, {
          d: pointerOf(d),
          x: pointerOf(x),
          out: pointerOf(out),
          dx: pointerOf(dx),
          dskip: dskip ? pointerOf(dskip) : 0,
          doubled: isDoubled("join", x.shape, skip),
        });
        return { x: dx, ...(dskip && { skip: dskip }), ...sums };
      }
      const tensor = ({ dataId, shape, dtype }: TensorInfo) =>
        tf.engine().makeTensorFromDataId(dataId, shape, dtype);
      const affine = (which: "gamma" | "beta") =>
        attributes.frozen ? zeroGradient(gamma.shape) : () => tf.tensor1d(backward()[which]);
      return {
        statistics: zeroGradient(statistics.shape),
        gamma: affine("gamma"),
        beta: affine("beta"),
        ...(skip && { skip: () => tensor(backward().skip!) }),
        x: () => {
          const dx = tensor(backward().x);
          release(d, ...(saved as Tensor[]));
          return dx;
        },
      };
    },
  });
}
