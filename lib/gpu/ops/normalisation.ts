/** Normalisation on the card: scale and shift of a channel, and the way back. */
import type { Normalisation, TensorInfo } from "../../../wasm/mod.ts";
import { cardTensors } from "../device/card_tensors.ts";
import { runKernel } from "../device/run_kernel.ts";
import {
  affineKernel,
  backKernel,
  backSums,
  coefficientsKernel,
  halveKernel,
} from "../kernels/normalise.ts";
import { makeOutput, withRoom } from "./register_on_card.ts";
import { sumOverPixels } from "./sums.ts";

/** What travels in a kernel's attributes. */
export type NormalisationAttributes = Pick<Normalisation, "slope" | "training" | "frozen">;

/** The tensors of a normalisation. */
export interface NormalisationTensors {
  readonly statistics: TensorInfo;
  readonly gamma: TensorInfo;
  readonly beta: TensorInfo;
}

/** Runs with [2, channels]: what a channel is multiplied by, and what is added. */
export function withAffine<T>(
  { statistics, gamma, beta }: NormalisationTensors,
  use: (affine: TensorInfo) => T,
): T {
  const size = gamma.shape[0]!;
  return withRoom([2, size], (affine) => {
    runKernel(affineKernel, { statistics, gamma, beta, affine }, { size }, size);
    return use(affine);
  });
}

/** What goes back. */
export interface BackTensors {
  /** Incoming gradient. */
  readonly d: TensorInfo;
  /** The map before normalisation. */
  readonly x: TensorInfo;
  /** The activated map, where the activation's sign cannot be had from x alone. */
  readonly out?: TensorInfo;
  /** Shape of the skip map, if there is one: x's, or half of it. */
  readonly skip?: readonly number[] | undefined;
}

/** What comes of it; all is the caller's. */
export interface BackResult {
  readonly x: TensorInfo;
  readonly skip?: TensorInfo;
  /** [2, channels]: the gradients of beta and gamma. */
  readonly affine: TensorInfo;
}

/** The gradient of gamma or beta, [channels]. */
export function affineGradient({ affine }: BackResult, which: "gamma" | "beta"): TensorInfo {
  const backend = cardTensors(), channels = affine.shape[1]!, bytes = 4 * channels;
  const part = makeOutput([channels]);
  const at = which === "beta" ? 0 : bytes;
  backend.card.copy(backend.bufferOf(affine), at, backend.bufferOf(part), 0, bytes);
  return part;
}

/** Back through activation and normalisation (Ioffe and Szegedy 2015, section 3). */
export function backThroughNormalisation(
  normalisation: NormalisationTensors,
  { slope, training }: NormalisationAttributes,
  { d, x, out, skip }: BackTensors,
): BackResult {
  const [, , width, channels] = x.shape as [number, number, number, number];
  const size = x.shape.reduce((a, b) => a * b, 1), pixels = size / channels;
  const { statistics } = normalisation, known = out !== undefined;
  const dx = makeOutput(x.shape), sums = makeOutput([2, channels]);
  const given = { d, x, ...(out && { out }), statistics };
  const doubled = skip !== undefined && skip[1] !== x.shape[1];
  const dskip = skip && makeOutput(skip);
  withAffine(normalisation, (affine) =>
    withRoom([3, channels], (coefficients) => {
      sumOverPixels(
        backSums(known),
        { ...given, affine },
        { pixels, channels },
        { slope },
        { out: sums },
      );
      runKernel(
        coefficientsKernel,
        { statistics, affine, sums, coefficients },
        { size: channels, training: training ? 1 : 0, pixels },
        channels,
      );
      const run = (skips: boolean, whole: Record<string, TensorInfo>) =>
        runKernel(
          backKernel(known, skips),
          { ...given, affine, coefficients, dx, ...whole },
          { size, channels, slope },
          size,
        );
      if (!dskip) run(false, {});
      else if (!doubled) run(true, { dskip });
      else {
        withRoom(x.shape, (g) => {
          run(true, { dskip: g });
          const told = { size: size / 4, channels, width: width / 2 };
          runKernel(halveKernel, { g, half: dskip }, told, size / 4);
        });
      }
    }));
  return { x: dx, ...(dskip && { skip: dskip }), affine: sums };
}
