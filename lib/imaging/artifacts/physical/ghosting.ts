/** Periodic ghosts of the whole image. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { modulatedMagnitude } from "./modulation.ts";
import { drawPlaneAxis, planeAxis, planeAxisOption } from "./slices.ts";

/** Two faint copies of the image along the phase-encoding axis. */
export const ghosting = defineArtifact({
  name: "ghosting",
  mode: "physical",
  nonNegative: true,
  doc: {
    summary: "Two copies of the whole image, displaced along the phase-encoding axis and wrapped " +
      "round: the signal swings periodically from line to line.",
    sampling:
      "cyclesPerLine and phase uniform; the amplitude is given. The phase-encoded axis is " +
      "drawn unless given.",
    model: "Lines are weighted by m(k) = 1 + a cos(2 pi nu k + phase), which is exactly " +
      "|f + (a/2) e^(i phase) f(y + nu N) + (a/2) e^(-i phase) f(y - nu N)|.",
    reference: "Wood and Henkelman, Med Phys 12 (1985) 143",
  },
  options: z.object({
    amplitude: z.number().min(0).default(0.3),
    cyclesPerLine: rangeOption({ least: 0, from: "itself" }).default([0.1, 0.45]),
    phaseEncodeAxis: planeAxisOption,
  }),
  params: z.object({
    phaseEncodeAxis: planeAxis,
    amplitude: z.number().min(0),
    cyclesPerLine: z.number(),
    phase: z.number(),
  }),
  severities: [
    { amplitude: 0.1 },
    { amplitude: 0.18 },
    { amplitude: 0.3 },
    { amplitude: 0.5 },
    { amplitude: 0.85 },
  ],
  sample({ amplitude, cyclesPerLine, phaseEncodeAxis }, draws) {
    return {
      phaseEncodeAxis: drawPlaneAxis(phaseEncodeAxis, draws),
      amplitude,
      cyclesPerLine: draws.uniform(...cyclesPerLine),
      phase: draws.uniform(0, 2 * Math.PI),
    };
  },
  apply(volume, { phaseEncodeAxis, ...modulation }) {
    if (modulation.amplitude === 0) return { ...volume, data: volume.data.slice() };
    const { data, shape } = volume;
    return {
      ...volume,
      data: modulatedMagnitude(data, undefined, shape, phaseEncodeAxis, modulation),
    };
  },
});
