/** Rigid motion between heartbeats, slice by slice. */
import { meanOf } from "../../../base/stats/mean_of.ts";
import { z } from "../../../base/deps/zod.ts";
import { spacingOf } from "../../../base/volume/volume.ts";
import { defineArtifact } from "../artifact.ts";
import type { Draws } from "../draws.ts";
import { heartbeatsOfLines, lineOrder } from "./heartbeats.ts";
import { demeaned, moveLines } from "./line_motion.ts";
import {
  drawPlaneAxis,
  planeAxis,
  planeAxisOption,
  sliceOf,
  stepsOf,
  throughKSpace,
} from "./slices.ts";

/** In-plane motion while a slice is acquired. */
export const motion = defineArtifact({
  name: "motion",
  mode: "physical",
  nonNegative: true,
  doc: {
    summary:
      "Ringing, blurred and doubled edges along the phase-encoding axis: the patient moves " +
      "within a breath-hold while the lines of a slice are gathered over several heartbeats.",
    sampling: "For each slice and each of `heartbeats` beats a pose (two in-plane shifts and one " +
      "angle): a random walk with a sudden jump in it, scaled to the standard deviations sdMm " +
      "and sdDegrees. The phase-encoded axis is drawn unless given.",
    model: "A body at R x + t has F_moved(k) = exp(-2 pi i k.t) F(R^T k); each line takes the " +
      "pose of its heartbeat. With `demean` the poses' mean, weighted by each line's energy, is " +
      "taken off, so that the label stays valid. Magnitude output.",
    reference: "Shaw et al., IEEE TMI 39 (2020) 2881; Loktyushin et al., MRM 70 (2013) 1608",
  },
  options: z.object({
    sdMm: z.number().min(0).default(2),
    sdDegrees: z.number().min(0).default(1),
    heartbeats: z.int().min(2).default(8),
    order: lineOrder.default("sequential"),
    phaseEncodeAxis: planeAxisOption,
    demean: z.boolean().default(true),
  }),
  params: z.object({
    phaseEncodeAxis: planeAxis,
    order: lineOrder.default("sequential"),
    demean: z.boolean().default(true),
    /** For each slice, or once for all: for each heartbeat mm along readout, mm along phase, degrees. */
    trajectories: z.array(z.array(z.tuple([z.number(), z.number(), z.number()])).min(1)).min(1),
  }),
  severities: [
    { sdMm: 0.5, sdDegrees: 0.2 },
    { sdMm: 1, sdDegrees: 0.4 },
    { sdMm: 2, sdDegrees: 0.8 },
    { sdMm: 4, sdDegrees: 1.6 },
    { sdMm: 7, sdDegrees: 3 },
  ],
  sample({ sdMm, sdDegrees, heartbeats, order, phaseEncodeAxis, demean }, draws, { shape }) {
    const axis = drawPlaneAxis(phaseEncodeAxis, draws);
    const trajectories = Array.from({ length: shape[2] }, () => {
      const paths = [sdMm, sdMm, sdDegrees].map((sd) => drawPath(heartbeats, sd, draws));
      return Array.from(
        { length: heartbeats },
        (_, h): [number, number, number] => [paths[0]![h]!, paths[1]![h]!, paths[2]![h]!],
      );
    });
    return { phaseEncodeAxis: axis, order, demean, trajectories };
  },
  apply(volume, { phaseEncodeAxis, order, demean, trajectories }) {
    const spacing = spacingOf(volume.affine);
    const readoutMm = spacing[1 - phaseEncodeAxis]!, phaseMm = spacing[phaseEncodeAxis]!;
    const { lines } = stepsOf(volume.shape, phaseEncodeAxis);
    if (trajectories.length !== 1 && trajectories.length !== volume.shape[2]) {
      throw new RangeError(
        `Cannot apply physical/motion: there are ${trajectories.length} trajectories, wanted 1 or ` +
          `one for each of ${volume.shape[2]} slices`,
      );
    }
    return throughKSpace(volume, (spectrum, k) => {
      const path = trajectories[k] ?? trajectories[0]!;
      if (path.every((pose) => pose.every((value) => value === 0))) return false;
      const beats = heartbeatsOfLines(lines, path.length, order);
      const raw = Array.from(beats, (beat) => {
        const [readout, phase, degrees] = path[beat]!;
        return { readout: readout / readoutMm, phase: phase / phaseMm, degrees };
      });
      const poses = demean ? demeaned(raw, spectrum, phaseEncodeAxis) : raw;
      moveLines(spectrum, sliceOf(volume, k), poses, phaseEncodeAxis, spacing[1] / spacing[0]);
      return true;
    });
  },
});

/** A random walk with one jump, mean 0 and the given standard deviation over the beats. */
function drawPath(beats: number, sd: number, draws: Draws): number[] {
  const jumpAt = draws.integer(1, beats - 1), jump = draws.normal(0, 2);
  const path: number[] = [];
  let at = 0;
  for (let h = 0; h < beats; h++) {
    at += draws.normal() + (h === jumpAt ? jump : 0);
    path.push(at);
  }
  const mean = meanOf(path);
  const spread = Math.sqrt(path.reduce((sum, value) => sum + (value - mean) ** 2, 0) / beats);
  return path.map((value) => spread === 0 ? 0 : (value - mean) * sd / spread);
}
