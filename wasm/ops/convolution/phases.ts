/**
 * Convolutions as phases: see wasm/kernels/convolve.ts for what one phase computes.
 *
 * Along one axis a phase says which outputs it makes (`offset`, then every `outStride`-th), where
 * each one's inputs start (`start` + `inStride` x its number) and which filter positions multiply
 * each of them. Two axes make a plane by the outer product.
 */

/** One phase along one axis. */
interface AxisPhase {
  readonly inStride: number;
  readonly outStride: number;
  readonly offset: number;
  readonly start: number;
  /** For each input read: the filter positions whose weights are summed. */
  readonly taps: readonly (readonly number[])[];
}

/** One phase in the plane. */
export interface ConvolutionPhase {
  /** Input pixels from one output of the phase to the next, along both axes. */
  readonly inStride: number;
  /** Output pixels between two of the phase, along both axes. */
  readonly outStride: number;
  /** First row of the output that it makes. */
  readonly py: number;
  /** First column of the output that it makes. */
  readonly px: number;
  /** Row of the input where the first output's inputs start; may be negative. */
  readonly top: number;
  /** Rows of inputs that an output reads. */
  readonly rows: number;
  /** Column of the input where the first output's inputs start; may be negative. */
  readonly left: number;
  /** Columns of inputs that an output reads. */
  readonly columns: number;
  /** For each of rows x columns inputs, up to four filter positions (-1 for none). */
  readonly taps: Int32Array;
}

/** out[o] = sum of in[stride * o + t - pad] * w[t]. */
export function strided(size: number, stride: number, pad: number): AxisPhase[] {
  const taps = Array.from({ length: size }, (_, t) => [t]);
  return [{ inStride: stride, outStride: 1, offset: 0, start: -pad, taps }];
}

/** The transpose of {@linkcode strided}: one phase for each residue of the output's number. */
export function stridedTransposed(size: number, stride: number, pad: number): AxisPhase[] {
  return Array.from({ length: stride }, (_, residue) => {
    // in[stride * a + residue] meets tap t at out[a + (residue + pad - t) / stride].
    const first = (residue + pad) % stride;
    const taps: number[][] = [];
    for (let t = first; t < size; t += stride) taps.unshift([t]);
    const last = (residue + pad - first) / stride;
    return {
      inStride: 1,
      outStride: stride,
      offset: residue,
      start: last - (taps.length - 1),
      taps,
    };
  });
}

/** out[o] = sum of in[floor((o + t - pad) / 2)] * w[t]: a convolution of the map doubled. */
export function upsampled(size: number, pad: number): AxisPhase[] {
  return [0, 1].map((offset) => {
    const source = (t: number) => Math.floor((offset + t - pad) / 2);
    const taps: number[][] = [];
    for (let t = 0; t < size; t++) (taps[source(t) - source(0)] ??= []).push(t);
    return { inStride: 1, outStride: 2, offset, start: source(0), taps };
  });
}

/** The transpose of {@linkcode upsampled}. */
export function upsampledTransposed(size: number, pad: number): AxisPhase[] {
  const start = pad - size + 1;
  const taps = Array.from({ length: size + 1 }, (_, i) => {
    // in[j] fed out[2 j + start + i] through every t with start + i + t - pad = 0 or 1.
    const t = pad - start - i;
    return [t, t + 1].filter((position) => position >= 0 && position < size);
  });
  return [{ inStride: 2, outStride: 1, offset: 0, start, taps }];
}

/** The outer product of two axes' phases, for a filter `columns` wide. */
export function inPlane(
  vertical: readonly AxisPhase[],
  horizontal: readonly AxisPhase[],
  filterColumns: number,
): ConvolutionPhase[] {
  return vertical.flatMap((v) =>
    horizontal.map((h) => {
      const rows = v.taps.length, columns = h.taps.length;
      const taps = new Int32Array(rows * columns * 4).fill(-1);
      v.taps.forEach((ys, r) =>
        h.taps.forEach((xs, q) => {
          const positions = ys.flatMap((y) => xs.map((x) => y * filterColumns + x));
          if (positions.length > 4) throw new RangeError("A phase takes at most four summands");
          taps.set(positions, (r * columns + q) * 4);
        })
      );
      return {
        inStride: v.inStride,
        outStride: v.outStride,
        py: v.offset,
        px: h.offset,
        top: v.start,
        rows,
        left: h.start,
        columns,
        taps,
      };
    })
  );
}
