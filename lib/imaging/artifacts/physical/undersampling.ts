/** Lines left out to save time. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { keepLines } from "./kept_lines.ts";
import { drawPlaneAxis, planeAxis, planeAxisOption } from "./slices.ts";

/** Aliasing from too few lines. */
export const undersampling = defineArtifact({
  name: "undersampling",
  mode: "physical",
  nonNegative: true,
  doc: {
    summary:
      "Overlapping copies (every n-th line kept) or a noise-like veil (random lines) along " +
      "the phase-encoding axis, over a blurred image: an accelerated scan without a fitting " +
      "reconstruction.",
    sampling: "round(centreFraction N) central lines stay; of the others each stays with the " +
      "probability that gives N / acceleration lines in all (random), or every `acceleration`-th with a " +
      "random offset (equispaced; of fractions the line below). The phase-encoded axis is drawn unless given.",
    model:
      "Other lines are zero; magnitude of the zero-filled image. Lines count from the lowest " +
      "frequency.",
    reference: "Zbontar et al., fastMRI, arXiv:1811.08839",
  },
  options: z.object({
    acceleration: z.number().min(1).default(3),
    centreFraction: z.number().min(0).max(1).default(0.08),
    pattern: z.enum(["random", "equispaced"]).default("equispaced"),
    phaseEncodeAxis: planeAxisOption,
  }),
  params: z.object({ phaseEncodeAxis: planeAxis, lines: z.array(z.int().min(0)).min(1) }),
  severities: [
    { acceleration: 1.3, pattern: "random", centreFraction: 0.25 },
    { acceleration: 1.6, pattern: "random", centreFraction: 0.16 },
    { acceleration: 2.2, pattern: "random", centreFraction: 0.11 },
    { acceleration: 3.2, pattern: "random", centreFraction: 0.08 },
    { acceleration: 5, pattern: "random", centreFraction: 0.04 },
  ],
  sample({ acceleration, centreFraction, pattern, phaseEncodeAxis }, draws, { shape }) {
    const axis = drawPlaneAxis(phaseEncodeAxis, draws);
    const n = shape[axis], central = Math.min(n, Math.max(1, Math.round(centreFraction * n)));
    const first = Math.floor((n - central) / 2) + (n - central) % 2;
    const chance = n === central ? 1 : Math.max(0, (n / acceleration - central) / (n - central));
    const offset = draws.uniform() * acceleration, lines: number[] = [];
    const comb = new Set<number>();
    for (let place = offset; place < n; place += acceleration) comb.add(Math.floor(place));
    for (let l = 0; l < n; l++) {
      const inCentre = l >= first && l < first + central;
      const drawn = draws.uniform();
      const kept = pattern === "random" ? drawn < chance : comb.has(l);
      if (inCentre || kept) lines.push(l);
    }
    return { phaseEncodeAxis: axis, lines };
  },
  apply: (volume, { phaseEncodeAxis, lines }) => keepLines(volume, phaseEncodeAxis, lines),
});
