/** What operators cost by the shapes they work on. */
import { tf } from "../../wasm/mod.ts";

interface Shaped {
  readonly shape: number[];
}
type Inputs = Readonly<Record<string, Shaped | readonly Shaped[] | undefined>>;

/** Bytes of tensors of four-byte numbers. */
export function bytesOf(tensors: readonly (Shaped | readonly Shaped[] | undefined)[]): number {
  return tensors.flat().reduce(
    (sum, tensor) => sum + (tensor === undefined ? 0 : 4 * tf.util.sizeFromShape(tensor.shape)),
    0,
  );
}

/**
 * Floating-point operations of a convolution computed directly, forward or back: 2 a weight and
 * output pixel (input pixel, where it is transposed). Zero for what is no convolution.
 *
 * @param outShape [batch, height, width, channels] of the forward output.
 */
export function convolutionOperations(inputs: Inputs, outShape: number[], attrs: unknown): number {
  const found = convolutionOf(inputs);
  if (!found) return 0;
  const { x, filter } = found, form = formOf(attrs);
  const [n, height, width] = form === "transposed" ? x.shape : outShape;
  return 2 * n! * height! * width! * tf.util.sizeFromShape(filter.shape);
}

/** ` same 3 x 3, [20,192,192,16] * 16`, or nothing for what is no convolution. */
export function convolutionName(inputs: Inputs, attrs: unknown): string {
  const found = convolutionOf(inputs);
  if (!found) return "";
  const { x, filter } = found, form = formOf(attrs), [size, _, third, fourth] = filter.shape;
  const outputs = form === "transposed" ? third : fourth;
  return ` ${form} ${size} x ${size}, [${x.shape}] -> ${outputs}`;
}

function convolutionOf({ x, filter }: Inputs): { x: Shaped; filter: Shaped } | undefined {
  if (!x || !filter || Array.isArray(x) || Array.isArray(filter)) return undefined;
  return { x, filter } as { x: Shaped; filter: Shaped };
}

function formOf(attrs: unknown): string {
  return (attrs as { form?: string } | undefined)?.form ?? "conv2d";
}
