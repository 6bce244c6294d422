/** The fused convolution on the card; see `convolution` of `wasm/mod.ts`. */
import {
  type FormName,
  KERNEL_NAMES,
  namedForm,
  release,
  type Tensor,
  type Tensor4D,
  type TensorInfo,
  tf,
} from "../../../wasm/mod.ts";
import { cardTensors } from "../device/card_tensors.ts";
import { backwardAxis, forwardAxis } from "../kernels/axes.ts";
import { SQUARES, SUM } from "../kernels/normalise.ts";
import { convolve, type Maps, sumFilterGradient } from "./convolve.ts";
import {
  affineGradient,
  type BackResult,
  backThroughNormalisation,
  type NormalisationAttributes,
  type NormalisationTensors,
  withAffine,
} from "./normalisation.ts";
import { makeOutput, registerOnCard, tensorOf } from "./register_on_card.ts";
import { filled } from "./stock.ts";
import { sumOverPixels } from "./sums.ts";

type Shape4 = [number, number, number, number];

interface Attributes extends NormalisationAttributes {
  readonly form: FormName;
  readonly wantStatistics: boolean;
}

function normalisationOf(inputs: Record<string, TensorInfo | undefined>) {
  const { statistics, gamma, beta } = inputs;
  return statistics && gamma && beta ? { statistics, gamma, beta } : undefined;
}

/** Runs with scale and shift, or without where nothing is normalised. */
function withOptionalAffine<T>(
  normalisation: NormalisationTensors | undefined,
  use: (affine?: TensorInfo) => T,
): T {
  return normalisation ? withAffine(normalisation, use) : use();
}

/** Registers the operator, without and with a normalisation, and its gradients. */
export function registerConvolution(): void {
  register(KERNEL_NAMES.convolution);
  register(KERNEL_NAMES.normalisedConvolution);
}

function register(kernelName: string): void {
  registerOnCard(kernelName, ({ inputs, attrs }) => {
    const { x, filter, bias } = inputs as Record<"x" | "filter" | "bias", TensorInfo>;
    const { form: name, wantStatistics, slope } = attrs as unknown as Attributes;
    const form = namedForm(name, x.shape as Shape4, filter.shape as Shape4);
    const y = makeOutput(form.outShape), channels = form.outShape[3];
    const maps: Maps = { from: form.inShape, to: form.outShape };
    const axis = forwardAxis(name, filter.shape[0]!);
    withOptionalAffine(
      normalisationOf(inputs),
      (affine) => convolve(axis, maps, form.strides, { x, filter, y, bias, affine }, slope),
    );
    if (!wantStatistics) return [y, filled([2, channels], 0)];
    const statistics = makeOutput([2, channels]);
    takeStatistics(y, statistics);
    return [y, statistics];
  }, (dys, saved, attrs) => {
    const dy = (dys as Tensor[])[0] as Tensor4D;
    const [x, filter, statistics, gamma, beta] = saved as [
      Tensor4D,
      Tensor4D,
      Tensor?,
      Tensor?,
      Tensor?,
    ];
    const attributes = attrs as unknown as Attributes;
    const form = namedForm(attributes.form, x.shape, filter.shape);
    const normalisation = normalisationOf({ statistics, gamma, beta });
    const size = filter.shape[0];
    let back: { x: TensorInfo; affine?: TensorInfo } | undefined;
    const backward = () => back ??= backToInput();
    function backToInput(): { x: TensorInfo; affine?: TensorInfo } {
      const dx = makeOutput(x.shape);
      const { position, ci, co } = form.strides;
      convolve(
        backwardAxis(attributes.form, size),
        { from: form.outShape, to: form.inShape },
        { position, ci: co, co: ci },
        { x: dy, filter, y: dx },
        1,
      );
      if (!normalisation) return { x: dx };
      const found = backThroughNormalisation(normalisation, attributes, { d: dx, x });
      cardTensors().disposeData(dx.dataId);
      return found;
    }
    const affine = (which: "gamma" | "beta") => () => {
      if (attributes.frozen) return tf.zerosLike(gamma!);
      return tensorOf(affineGradient(backward() as BackResult, which));
    };
    return {
      ...(normalisation && {
        statistics: () => tf.zerosLike(statistics!),
        gamma: affine("gamma"),
        beta: affine("beta"),
      }),
      bias: () => {
        const channels = form.outShape[3];
        if (attributes.wantStatistics) return tensorOf(filled([channels], 0));
        const out = makeOutput([channels]);
        sumOverPixels(SUM, { x: dy }, { pixels: dy.size / channels, channels }, {}, { out });
        return tensorOf(out);
      },
      filter: () => {
        const out = makeOutput(filter.shape);
        withOptionalAffine(normalisation, (affine) =>
          sumFilterGradient(attributes.form, size, {
            ...{ x, dy, out, affine },
            ...{ slope: attributes.slope },
          }));
        return tensorOf(out);
      },
      x: () => {
        const found = backward();
        if (found.affine) cardTensors().disposeData(found.affine.dataId);
        release(dy, x, filter, statistics, gamma, beta);
        return tensorOf(found.x);
      },
    };
  });
}

/** Mean and biased variance of each channel; the variance about the mean, so that it keeps digits. */
function takeStatistics(x: TensorInfo, statistics: TensorInfo): void {
  const channels = x.shape[3]!, pixels = x.shape.reduce((a, b) => a * b, 1) / channels;
  const factor = 1 / pixels, size = { pixels, channels };
  sumOverPixels(SUM, { x }, size, {}, { out: statistics, factor });
  const target = { out: statistics, offset: channels, factor };
  sumOverPixels(SQUARES, { x, statistics }, size, {}, target);
}
