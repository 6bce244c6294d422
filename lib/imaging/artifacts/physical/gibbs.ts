/** The ringing of a cut spectrum. */
import { z } from "../../../base/deps/zod.ts";
import { filterLines } from "../../fft/filter_lines.ts";
import { frequencyOf } from "../../fft/frequency.ts";
import { defineArtifact } from "../artifact.ts";

const share = z.number().gt(0).max(1);
const taper = z.number().min(0).max(1).default(0);

/** Ringing beside sharp edges, and lower resolution. */
export const gibbs = defineArtifact({
  name: "gibbs",
  mode: "physical",
  nonNegative: true,
  doc: {
    summary: "Fine parallel lines beside sharp edges and loss of detail: too few samples of " +
      "k-space. At the border of blood and muscle it mimics a perfusion defect (dark rim).",
    sampling: "Nothing is drawn; keep is the share kept along both axes, or along each.",
    model: "Samples with |k| <= keep N / 2 along i and along j stay, the others are zero, on the " +
      "same grid; `taper` rounds off that share of the window (Tukey). Overshoot at an ideal edge " +
      "8.9 %. Magnitude output.",
    reference: "Czervionke et al., AJNR 9 (1988) 815",
  },
  options: z.object({
    keep: z.union([share, z.tuple([share, share])], {
      error: "Wanted a share above 0, to 1, or a pair of them",
    }).default(0.55),
    taper,
  }),
  params: z.object({ keep: z.tuple([share, share]), taper }),
  severities: [
    { keep: 0.65 },
    { keep: 0.5 },
    { keep: 0.38 },
    { keep: 0.27 },
    { keep: 0.18 },
  ],
  sample: ({ keep, taper }) => ({
    keep: typeof keep === "number" ? [keep, keep] as [number, number] : keep,
    taper,
  }),
  apply(volume, { keep, taper }) {
    const { shape } = volume;
    let data = volume.data;
    for (const axis of [0, 1] as const) {
      const n = shape[axis], edge = keep[axis] * n / 2;
      if (keep[axis] === 1 && taper === 0) continue;
      const weights = Float64Array.from(
        { length: n },
        (_, q) => windowAt(Math.abs(frequencyOf(q, n)), edge, taper),
      );
      data = filterLines([{ data, weights }], shape, axis);
    }
    return { ...volume, data: data.map(Math.abs) };
  },
});

function windowAt(k: number, edge: number, taper: number): number {
  if (k > edge) return 0;
  const flat = edge * (1 - taper);
  return k <= flat ? 1 : 0.5 * (1 + Math.cos(Math.PI * (k - flat) / (edge - flat)));
}
