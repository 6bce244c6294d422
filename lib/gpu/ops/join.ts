/** The end of a block on the card; see `join` of `wasm/mod.ts`. */
import {
  KERNEL_NAMES,
  release,
  type Tensor,
  type Tensor4D,
  type TensorInfo,
  tf,
} from "../../../wasm/mod.ts";
import { cardTensors } from "../device/card_tensors.ts";
import { runKernel } from "../device/run_kernel.ts";
import { joinKernel } from "../kernels/normalise.ts";
import {
  affineGradient,
  backThroughNormalisation,
  type NormalisationAttributes,
  withAffine,
} from "./normalisation.ts";
import { makeOutput, registerOnCard, tensorOf } from "./register_on_card.ts";

interface Attributes extends NormalisationAttributes {
  readonly skip?: number[];
}

/** Registers the operator, without and with a skip map, and its gradients. */
export function registerJoin(): void {
  register(KERNEL_NAMES.activate);
  register(KERNEL_NAMES.join);
}

function kindOf(x: readonly number[], skip: readonly number[] | undefined) {
  if (!skip) return "none";
  const [n, height, width, channels] = x as [number, number, number, number];
  if (tf.util.arraysEqual([...skip], [...x])) return "same";
  if (tf.util.arraysEqual([...skip], [n, height / 2, width / 2, channels])) return "half";
  throw new TypeError(`Cannot join: skip is [${skip}], wanted [${x}] or half its height and width`);
}

function register(kernelName: string): void {
  registerOnCard(kernelName, ({ inputs, attrs }) => {
    const { x, skip, statistics, gamma, beta } = inputs as
      & Record<"x" | "statistics" | "gamma" | "beta", TensorInfo>
      & { skip?: TensorInfo };
    const { slope } = attrs as unknown as NormalisationAttributes;
    const kind = kindOf(x.shape, skip?.shape), out = makeOutput(x.shape);
    const [, , width, channels] = x.shape as [number, number, number, number];
    const size = tf.util.sizeFromShape(x.shape);
    withAffine(
      { statistics, gamma, beta },
      (affine) =>
        runKernel(
          joinKernel(kind),
          { x, affine, out, ...(skip && { skip }) },
          { size, channels, width, slope },
          size,
        ),
    );
    return out;
  }, (dy, saved, attrs) => {
    const d = dy as Tensor4D, out = saved.at(-1) as Tensor4D;
    const [x, statistics, gamma, beta] = saved as [Tensor4D, Tensor, Tensor, Tensor];
    const attributes = attrs as unknown as Attributes, { skip, frozen } = attributes;
    let back: ReturnType<typeof backThroughNormalisation> | undefined;
    const backward = () =>
      back ??= backThroughNormalisation(
        { statistics, gamma, beta },
        attributes,
        { d, x, out, skip },
      );
    const affine = (which: "gamma" | "beta") => () =>
      frozen ? tf.zerosLike(gamma) : tensorOf(affineGradient(backward(), which));
    return {
      statistics: () => tf.zerosLike(statistics),
      gamma: affine("gamma"),
      beta: affine("beta"),
      ...(skip && { skip: () => tensorOf(backward().skip!) }),
      x: () => {
        const found = backward();
        cardTensors().disposeData(found.affine.dataId);
        release(d, ...(saved as Tensor[]));
        return tensorOf(found.x);
      },
    };
  });
}
