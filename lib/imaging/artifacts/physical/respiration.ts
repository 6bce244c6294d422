/** Breathing during the acquisition. */
import { z } from "../../../base/deps/zod.ts";
import { spacingOf } from "../../../base/volume/volume.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { demeaned, moveLines } from "./line_motion.ts";
import {
  drawPlaneAxis,
  ofSlice,
  planeAxis,
  planeAxisOption,
  sliceOf,
  stepsOf,
  throughKSpace,
} from "./slices.ts";

/** Replicas and blurring from a breath-hold that failed. */
export const respiration = defineArtifact({
  name: "respiration",
  mode: "physical",
  nonNegative: true,
  doc: {
    summary: "Blurring and ringing along the phase-encoding axis, with ghosts as many voxels " +
      "apart as there are breaths in a slice: the breath-hold fails.",
    sampling:
      "Cycles a slice uniform in cycles, direction uniform over the plane within 45 degrees " +
      "of the phase-encoded axis, one phase a slice uniform over the cycle. The phase-encoded axis " +
      "is drawn unless given.",
    model: "Displacement d = -A cos^(2n)(pi c l / N + phase) in mm over the lines l (sequential " +
      "order), applied as an exact phase ramp and de-meaned by the lines' energy.",
    reference: "Lujan et al., Med Phys 26 (1999) 715",
  },
  options: z.object({
    amplitudeMm: z.number().min(0).default(6),
    cycles: rangeOption({ least: 0, from: "itself" }).default([2, 5]),
    exponent: z.int().min(1).max(3).default(2),
    phaseEncodeAxis: planeAxisOption,
    demean: z.boolean().default(true),
  }),
  params: z.object({
    phaseEncodeAxis: planeAxis,
    amplitudeMm: z.number().min(0),
    cycles: z.number().min(0),
    exponent: z.int().min(1).max(3),
    directionDegrees: z.number(),
    phases: z.array(z.number()).min(1),
    demean: z.boolean().default(true),
  }),
  severities: [
    { amplitudeMm: 1 },
    { amplitudeMm: 2 },
    { amplitudeMm: 4 },
    { amplitudeMm: 8 },
    { amplitudeMm: 15 },
  ],
  sample({ amplitudeMm, cycles, exponent, phaseEncodeAxis, demean }, draws, { shape }) {
    return {
      phaseEncodeAxis: drawPlaneAxis(phaseEncodeAxis, draws),
      amplitudeMm,
      cycles: draws.uniform(...cycles),
      exponent,
      directionDegrees: draws.uniform(-45, 45),
      phases: Array.from({ length: shape[2] }, () => draws.uniform(0, Math.PI)),
      demean,
    };
  },
  apply(volume, params) {
    const { phaseEncodeAxis, amplitudeMm, cycles, exponent, phases } = params;
    if (amplitudeMm === 0) return { ...volume, data: volume.data.slice() };
    const spacing = spacingOf(volume.affine);
    const angle = params.directionDegrees * Math.PI / 180;
    const perReadout = Math.sin(angle) / spacing[1 - phaseEncodeAxis]!;
    const perPhase = Math.cos(angle) / spacing[phaseEncodeAxis]!;
    const { lines } = stepsOf(volume.shape, phaseEncodeAxis);
    return throughKSpace(volume, (spectrum, k) => {
      const phase = ofSlice(phases, k, volume.shape[2], "apply physical/respiration");
      const raw = Array.from({ length: lines }, (_, l) => {
        const d = -amplitudeMm * Math.cos(Math.PI * cycles * l / lines + phase) ** (2 * exponent);
        return { readout: d * perReadout, phase: d * perPhase, degrees: 0 };
      });
      const poses = params.demean ? demeaned(raw, spectrum, phaseEncodeAxis) : raw;
      moveLines(spectrum, sliceOf(volume, k), poses, phaseEncodeAxis, spacing[1] / spacing[0]);
      return true;
    });
  },
});
