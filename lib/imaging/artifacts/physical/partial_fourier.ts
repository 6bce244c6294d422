/** A spectrum that ends early on one side. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { keepLines } from "./kept_lines.ts";
import { drawPlaneAxis, planeAxis, planeAxisOption } from "./slices.ts";

const fraction = z.number().gt(0.5).max(1);

/** Whole lines; 1 - 0.9 is a little less than 0.1. */
const missingLines = (fraction: number, lines: number) => Math.floor((1 - fraction) * lines + 1e-9);

/** Blurring along the phase-encoding axis. */
export const partialFourier = defineArtifact({
  name: "partial-fourier",
  mode: "physical",
  nonNegative: true,
  doc: {
    summary:
      "Blurring and one-sided ringing along the phase-encoding axis: the scan was shortened " +
      "by leaving out lines on one side of k-space.",
    sampling: "Side drawn; fraction given. The phase-encoded axis is drawn unless given.",
    model: "The last 1 - fraction of the lines (or the first) are zero; magnitude of the " +
      "zero-filled image.",
    reference: "McGibney et al., MRM 30 (1993) 51",
  },
  options: z.object({ fraction: fraction.default(0.65), phaseEncodeAxis: planeAxisOption }),
  params: z.object({ phaseEncodeAxis: planeAxis, fraction, side: z.enum(["first", "last"]) }),
  severities: [
    { fraction: 0.75 },
    { fraction: 0.65 },
    { fraction: 0.58 },
    { fraction: 0.54 },
    { fraction: 0.51 },
  ],
  sample({ fraction, phaseEncodeAxis }, draws) {
    const axis = drawPlaneAxis(phaseEncodeAxis, draws);
    const side = draws.integer(0, 1) === 0 ? "first" as const : "last" as const;
    return { phaseEncodeAxis: axis, fraction, side };
  },
  apply(volume, { phaseEncodeAxis, fraction, side }) {
    const n = volume.shape[phaseEncodeAxis], missing = missingLines(fraction, n);
    const first = side === "first" ? missing : 0;
    const kept = Array.from({ length: n - missing }, (_, l) => first + l);
    return keepLines(volume, phaseEncodeAxis, kept);
  },
});
