import {
  channelsLast,
  fromReferenceLayout,
  toReferenceLayout,
} from "../../../lib/learning/nn/reference_layout.ts";
import type { TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";
import type { loadJax } from "./packages.ts";

/** The module. */
export type Jax = Awaited<ReturnType<typeof loadJax>>;
/** Its arrays. Every function of jax-js gives its arguments up; `ref` keeps one. */
export type JaxArray = InstanceType<Jax["Array"]>;
type Values = TensorRecord<Float32Array>;

/** A way to write a convolution with jax-js, and the layout that goes with it. */
export interface JaxForm {
  /** The axis of a map's channels, of four. */
  readonly channelAxis: 1 | 3;
  /** From the layout of the work. */
  readonly lay: (name: string, values: Values) => Values;
  /** Back to it. */
  readonly unlay: (name: string, values: Values) => Values;
  /** A convolution of stride 1 padded to the same size, by an odd filter. */
  readonly convolve: (jax: Jax, x: JaxArray, filter: JaxArray) => JaxArray;
}

const isFilter = (name: string) => name.includes("filter");

/** Its own convolution: maps [batch, channels, height, width], filters [out, in, height, width]. */
const ownConvolution: JaxForm = {
  channelAxis: 1,
  lay(name, { data, shape }) {
    if (shape.length !== 4) return { data, shape };
    const [a, b, c, d] = shape as [number, number, number, number];
    if (isFilter(name)) return { data: toReferenceLayout(data, [d, c, a, b]), shape: [d, c, a, b] };
    // Seen as b * c channels of d x 1 pixels, this is the same permutation.
    return { data: channelsLast(data, [a, b * c, d, 1]).data, shape: [a, d, b, c] };
  },
  unlay(name, { data, shape }) {
    if (shape.length !== 4) return { data, shape };
    return (isFilter(name) ? fromReferenceLayout : channelsLast)(data, shape);
  },
  convolve: (jax, x, filter) => jax.lax.convGeneralDilated(x, filter, [1, 1], "SAME"),
};

/** The sum of one matrix product a filter position, in the layout of the work. */
const matrixProducts: JaxForm = {
  channelAxis: 3,
  lay: (_name, values) => values,
  unlay: (_name, values) => values,
  convolve(jax, x, filter) {
    const { numpy: np } = jax;
    const [n, height, width, ci] = x.shape as [number, number, number, number];
    const [size, , , co] = filter.shape as [number, number, number, number];
    const pad = (size - 1) / 2, padded = np.pad(x, [[0, 0], [pad, pad], [pad, pad], [0, 0]]);
    const products = Array.from({ length: size * size }, (_, at) => {
      const row = Math.floor(at / size), column = at % size;
      const part = padded.ref.slice([], [row, row + height], [column, column + width], []);
      return np.dot(part.reshape([n * height * width, ci]), filter.ref.slice(row, column));
    });
    padded.dispose();
    filter.dispose();
    return products.reduce((sum, product) => sum.add(product)).reshape([n, height, width, co]);
  },
};

/** By name. */
export const FORMS = { ownConvolution, matrixProducts } as const;
