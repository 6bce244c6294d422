/** The ghost of echo-planar imaging. */
import { z } from "../../../base/deps/zod.ts";
import { complexGrid, inverseTransform, transform } from "../../fft/transform.ts";
import { frequencyOf } from "../../fft/frequency.ts";
import { defineArtifact } from "../artifact.ts";
import { drawPlaneAxis, planeAxis, planeAxisOption, stepsOf } from "./slices.ts";

/** A copy of the image half a field of view away. */
export const nyquist = defineArtifact({
  name: "nyquist",
  mode: "physical",
  nonNegative: true,
  doc: {
    summary:
      "A copy half a field of view away along the phase-encoding axis: odd and even lines, " +
      "read in opposite directions, differ in phase. Typical of echo-planar imaging, not of cine.",
    sampling:
      "Sign of each phase drawn; sizes given. The phase-encoded axis is drawn unless given.",
    model:
      "Even lines get e^(i th), odd ones e^(-i th), th(x) = phase0 / 2 + phase1 x / (2 N_x) in " +
      "radians, x from the centre: |cos(th) f + i sin(th) f(y - N/2)|.",
    reference: "Buonocore and Gao, MRM 38 (1997) 89",
  },
  options: z.object({
    phase0: z.number().default(0.5),
    phase1: z.number().default(0.8),
    phaseEncodeAxis: planeAxisOption,
  }),
  params: z.object({ phaseEncodeAxis: planeAxis, phase0: z.number(), phase1: z.number() }),
  severities: [
    { phase0: 0.25, phase1: 0.25 },
    { phase0: 0.4, phase1: 0.35 },
    { phase0: 0.6, phase1: 0.5 },
    { phase0: 0.85, phase1: 0.7 },
    { phase0: 1.15, phase1: 0.9 },
  ],
  sample({ phase0, phase1, phaseEncodeAxis }, draws) {
    const axis = drawPlaneAxis(phaseEncodeAxis, draws);
    const sign = () => draws.integer(0, 1) === 0 ? -1 : 1;
    return { phaseEncodeAxis: axis, phase0: sign() * phase0, phase1: sign() * phase1 };
  },
  apply(volume, { phaseEncodeAxis, phase0, phase1 }) {
    const { data, shape } = volume;
    if (phase0 === 0 && phase1 === 0) return { ...volume, data: data.slice() };
    const { readouts, readoutStep, lines, lineStep } = stepsOf(shape, phaseEncodeAxis);
    // the lines with alternating sign, back in the image: for even N the image half a field away
    const ghost = complexGrid(shape);
    ghost.re.set(data);
    transform(ghost, [phaseEncodeAxis]);
    for (let o = 0; o < data.length; o++) {
      if (frequencyOf(Math.floor(o / lineStep) % lines, lines) % 2 === 0) continue;
      ghost.re[o] = -ghost.re[o]!;
      ghost.im[o] = -ghost.im[o]!;
    }
    inverseTransform(ghost, [phaseEncodeAxis]);
    const result = new Float32Array(data.length);
    for (let o = 0; o < data.length; o++) {
      const x = Math.floor(o / readoutStep) % readouts - Math.floor(readouts / 2);
      const angle = phase0 / 2 + phase1 * x / (2 * readouts);
      const c = Math.cos(angle), s = Math.sin(angle);
      result[o] = Math.hypot(c * data[o]! - s * ghost.im[o]!, s * ghost.re[o]!);
    }
    return { ...volume, data: result };
  },
});
