/**
 * tfjs's own two-dimensional convolution and its two gradients, on Tandem's kernels: threaded, and
 * with the filter gradient that stock tfjs-wasm lacks. NHWC, any filter size and padding, any
 * stride that is the same on both axes; dilation 1.
 */
import { tf } from "../deps/tfjs.ts";
import type { NamedTensorInfoMap, Tensor4D, TensorInfo } from "../deps/tfjs.ts";
import { makeOutput, pointerOf } from "../runtime.ts";
import { type ConvolutionForm, stridedForm } from "./convolution/form.ts";
import { convolveBackward, convolveForward, filterGradient } from "./convolution/run.ts";
import { overrideGradient, overrideKernel } from "./override.ts";

type Shape4 = [number, number, number, number];
type Attributes = Record<string, unknown>;

/** The form of a tfjs convolution; throws Error for what Tandem's kernels do not cover. */
function formOf(
  operator: string,
  inShape: Shape4,
  filter: Shape4,
  attributes: Attributes,
): ConvolutionForm {
  const { strides, pad, dilations, dataFormat, dimRoundingMode } = attributes as {
    strides: number | [number, number];
    pad: "same" | "valid" | number;
    dilations?: number | [number, number];
    dataFormat?: "NHWC" | "NCHW";
    dimRoundingMode?: "floor";
  };
  const info = tf.backend_util.computeConv2DInfo(
    inShape,
    filter,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(dataFormat ?? "NHWC"),
  );
  if (info.dataFormat !== "channelsLast" || info.dilationHeight * info.dilationWidth !== 1) {
    throw new Error(
      `${operator}: dataFormat is ${dataFormat} and dilations are ${dilations}, wanted NHWC and 1`,
    );
  }
  if (info.strideHeight !== info.strideWidth) {
    throw new Error(`${operator}: strides are ${strides}, wanted one stride for both axes`);
  }
  return stridedForm(
    inShape,
    filter,
    [info.strideHeight, info.strideWidth],
    { top: info.padInfo.top, left: info.padInfo.left },
    [info.outHeight, info.outWidth],
  );
}

/** Registers Conv2D, Conv2DBackpropInput and Conv2DBackpropFilter, and Conv2D's gradient. */
export function registerConv2d(): void {
  overrideKernel("Conv2D", ({ inputs, attrs }) => {
    const { x, filter } = inputs as { x: TensorInfo; filter: TensorInfo };
    const form = formOf("Conv2D", x.shape as Shape4, filter.shape as Shape4, attrs);
    const y = makeOutput(form.outShape);
    const pointers = { x: pointerOf(x), filter: pointerOf(filter), bias: 0, y: pointerOf(y) };
    convolveForward(form, pointers, undefined, false);
    return y;
  });
  overrideKernel("Conv2DBackpropInput", ({ inputs, attrs }) => {
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const inShape = attrs.inputShape as Shape4;
    const form = formOf("Conv2DBackpropInput", inShape, filter.shape as Shape4, attrs);
    const dx = makeOutput(inShape);
    convolveBackward(form, { dy: pointerOf(dy), filter: pointerOf(filter), dx: pointerOf(dx) });
    return dx;
  });
  overrideKernel("Conv2DBackpropFilter", ({ inputs, attrs }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const shape = attrs.filterShape as Shape4;
    const form = formOf("Conv2DBackpropFilter", x.shape as Shape4, shape, attrs);
    const dfilter = makeOutput(shape);
    filterGradient(
      form,
      { x: pointerOf(x), dy: pointerOf(dy), dfilter: pointerOf(dfilter) },
      tf.util.sizeFromShape(shape),
      undefined,
    );
    return dfilter;
  });
  overrideGradient({
    kernelName: "Conv2D",
    inputsToSave: ["x", "filter"],
    gradFunc: (dy, saved, attrs) => {
      const [x, filter] = saved as [Tensor4D, Tensor4D];
      const run = (name: string, inputs: NamedTensorInfoMap, more: Attributes) =>
        tf.engine().runKernel(name, inputs as never, { ...attrs, ...more } as never) as Tensor4D;
      const gradient = dy as Tensor4D;
      return {
        x: () => run("Conv2DBackpropInput", { dy: gradient, filter }, { inputShape: x.shape }),
        filter: () =>
          run("Conv2DBackpropFilter", { x, dy: gradient }, { filterShape: filter.shape }),
      };
    },
  });
  // tf.conv2dTranspose runs Conv2DBackpropInput; its gradient is a convolution again.
  overrideGradient({
    kernelName: "Conv2DBackpropInput",
    inputsToSave: ["dy", "filter"],
    gradFunc: (ddx, saved, attrs) => {
      const [dy, filter] = saved as [Tensor4D, Tensor4D];
      const { inputShape: _, ...rest } = attrs as Attributes;
      const run = (name: string, inputs: NamedTensorInfoMap, more: Attributes) =>
        tf.engine().runKernel(name, inputs as never, { ...rest, ...more } as never) as Tensor4D;
      const gradient = ddx as Tensor4D;
      return {
        dy: () => run("Conv2D", { x: gradient, filter }, {}),
        filter: () =>
          run("Conv2DBackpropFilter", { x: gradient, dy }, { filterShape: filter.shape }),
      };
    },
  });
}
