import {
  type ConvolutionPhase,
  inPlane,
  strided,
  stridedTransposed,
  upsampled,
  upsampledTransposed,
} from "./phases.ts";
import { fitsWinograd } from "./winograd/shape.ts";

/** The forms of convolution that the networks are made of. */
export type FormName = "same" | "down" | "up" | "transposed";

/** A linear map between two maps, as phases there and back, and how its filter lies in memory. */
export interface ConvolutionForm {
  /** Made when asked for: Winograd's algorithm does without. */
  readonly forward: () => readonly ConvolutionPhase[];
  /** The same of the way back, from output to input. */
  readonly backward: () => readonly ConvolutionPhase[];
  /** Floats between filter positions, input channels and output channels. */
  readonly strides: { readonly position: number; readonly ci: number; readonly co: number };
  /** `[batch, height, width, channels]` of the input. */
  readonly inShape: readonly [number, number, number, number];
  /** `[batch, height, width, channels]` of the output. */
  readonly outShape: readonly [number, number, number, number];
  /** It can also be done by Winograd's algorithm: 3 x 3, stride 1, padding 1, or `up`. */
  readonly winograd: boolean;
}

/**
 * A convolution of any filter size and stride with zero padding; filter
 * [height, width, ci, co].
 */
export function stridedForm(
  inShape: readonly [number, number, number, number],
  filter: readonly [number, number, number, number],
  stride: readonly [number, number],
  pad: { readonly top: number; readonly left: number },
  outSize: readonly [number, number],
): ConvolutionForm {
  const [fh, fw, ci, co] = filter;
  return {
    forward: () => inPlane(strided(fh, stride[0], pad.top), strided(fw, stride[1], pad.left), fw),
    backward: () =>
      inPlane(
        stridedTransposed(fh, stride[0], pad.top),
        stridedTransposed(fw, stride[1], pad.left),
        fw,
      ),
    strides: { position: ci * co, ci: co, co: 1 },
    inShape,
    outShape: [inShape[0], outSize[0], outSize[1], co],
    winograd: fh === 3 && fw === 3 && stride[0] === 1 && stride[1] === 1 && pad.top === 1 &&
      pad.left === 1 && outSize[0] === inShape[1] && outSize[1] === inShape[2] &&
      fitsWinograd(inShape, co),
  };
}

/**
 * A named form for an input [batch, height, width, ci].
 *
 * `same`: 1 x 1 or 3 x 3, stride 1. `down`: 3 x 3, stride 2. `up`: 3 x 3 on the map doubled by
 * nearest neighbour. All pad by (size - 1) / 2 and take a filter [size, size, ci, co].
 * `transposed`: 2 x 2, stride 2, filter [2, 2, co, ci] as tf.conv2dTranspose.
 *
 * @throws {TypeError} If filter and input do not fit together.
 */
export function namedForm(
  name: FormName,
  inShape: readonly [number, number, number, number],
  filter: readonly [number, number, number, number],
): ConvolutionForm {
  const [n, h, w, ci] = inShape;
  const [fh, fw, a, b] = filter;
  const pad = (fh - 1) >> 1;
  const sizes = { same: [1, 3], down: [3], up: [3], transposed: [2] }[name];
  const channels = name === "transposed" ? b : a;
  if (fh !== fw || !sizes.includes(fh) || channels !== ci || (name === "down" && (h | w) & 1)) {
    throw new TypeError(
      `Cannot convolve (${name}): input is [${inShape}], filter is [${filter}], wanted a square ` +
        `filter of size ${sizes.join(" or ")} for ${ci} input channels` +
        (name === "down" ? " and an even height and width" : ""),
    );
  }
  switch (name) {
    case "same":
      return stridedForm(inShape, filter, [1, 1], { top: pad, left: pad }, [h, w]);
    case "down":
      return stridedForm(inShape, filter, [2, 2], { top: 1, left: 1 }, [h / 2, w / 2]);
    case "up":
      return {
        forward: () => inPlane(upsampled(3, 1), upsampled(3, 1), 3),
        backward: () => inPlane(upsampledTransposed(3, 1), upsampledTransposed(3, 1), 3),
        strides: { position: a * b, ci: b, co: 1 },
        inShape,
        outShape: [n, 2 * h, 2 * w, b],
        winograd: fitsWinograd(inShape, b),
      };
    case "transposed":
      return {
        forward: () => inPlane(stridedTransposed(2, 2, 0), stridedTransposed(2, 2, 0), 2),
        backward: () => inPlane(strided(2, 2, 0), strided(2, 2, 0), 2),
        strides: { position: a * b, ci: 1, co: b },
        inShape,
        outShape: [n, 2 * h, 2 * w, a],
        winograd: false,
      };
  }
}
