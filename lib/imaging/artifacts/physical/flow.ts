/** Ghosts of the blood alone. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { modulatedMagnitude } from "./modulation.ts";
import { drawPlaneAxis, planeAxis, planeAxisOption } from "./slices.ts";
import { softMask } from "./soft_mask.ts";

/** Pulsating blood that leaves copies of what holds it. */
export const flow = defineArtifact({
  name: "flow",
  mode: "physical",
  nonNegative: true,
  needs: ["label", "role:blood"],
  doc: {
    summary: "Copies of what holds blood along the phase-encoding axis: the blood's signal " +
      "pulsates from line to line while the rest is still. Needs the label map.",
    sampling:
      "cyclesPerLine and phase uniform; the amplitude is given. The phase-encoded axis is " +
      "drawn unless given.",
    model:
      "F = F_rest + m(k) F_blood with m(k) = 1 + a cos(2 pi nu k + phase); blood is the image " +
      "times the mask of the labels with the role blood, softened by softeningVoxels. Magnitude " +
      "output.",
    reference: "Wood and Henkelman, Med Phys 12 (1985) 143",
  },
  options: z.object({
    amplitude: z.number().min(0).default(0.5),
    cyclesPerLine: rangeOption({ least: 0, from: "itself" }).default([0.12, 0.35]),
    softeningVoxels: z.number().min(0).default(1.5),
    phaseEncodeAxis: planeAxisOption,
  }),
  params: z.object({
    phaseEncodeAxis: planeAxis,
    amplitude: z.number().min(0),
    cyclesPerLine: z.number(),
    phase: z.number(),
    softeningVoxels: z.number().min(0),
  }),
  severities: [
    { amplitude: 0.2 },
    { amplitude: 0.4 },
    { amplitude: 0.7 },
    { amplitude: 1.2 },
    { amplitude: 2 },
  ],
  sample({ amplitude, cyclesPerLine, softeningVoxels, phaseEncodeAxis }, draws) {
    return {
      phaseEncodeAxis: drawPlaneAxis(phaseEncodeAxis, draws),
      amplitude,
      cyclesPerLine: draws.uniform(...cyclesPerLine),
      phase: draws.uniform(0, 2 * Math.PI),
      softeningVoxels,
    };
  },
  apply(volume, { phaseEncodeAxis, softeningVoxels, ...modulation }, context) {
    const { data, shape } = volume;
    if (modulation.amplitude === 0) return { ...volume, data: data.slice() };
    const mask = softMask(context, "blood", [softeningVoxels, softeningVoxels, 0]);
    const blood = data.map((value, o) => value * mask[o]!);
    const rest = data.map((value, o) => value - blood[o]!);
    return {
      ...volume,
      data: modulatedMagnitude(blood, rest, shape, phaseEncodeAxis, modulation),
    };
  },
});
