/** Heartbeats that are read at the wrong moment. */
import { z } from "../../../base/deps/zod.ts";
import { plainIndex } from "../../fft/frequency.ts";
import { transformReal } from "../../fft/transform.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { heartbeatsOfLines, lineOrder } from "./heartbeats.ts";
import {
  drawPlaneAxis,
  ofSlice,
  planeAxis,
  planeAxisOption,
  sliceOf,
  stepsOf,
  throughKSpace,
} from "./slices.ts";

const share = z.number().min(0).max(1);

/** Lines from another frame. */
export const mistriggering = defineArtifact({
  name: "mistriggering",
  mode: "physical",
  nonNegative: true,
  needs: ["otherFrame"],
  doc: {
    summary: "Blurred, doubled walls of what beats while the rest stays sharp: with an " +
      "arrhythmia or a missed trigger some heartbeats bring lines of another phase of the beat. " +
      "Needs the same slices in another frame (end-systole for end-diastole and vice versa).",
    sampling: "In each slice share of the heartbeats are hit (drawn without repetition, one at " +
      "least unless share is 0), each mixed by a number uniform in mix. The phase-encoded axis " +
      "is drawn unless given.",
    model: "Lines of a hit beat are (1 - m) F + m F_other; other lines stay. Magnitude output.",
    reference: "Oksuz et al., Med Image Anal 55 (2019) 136",
  },
  options: z.object({
    share: share.default(0.3),
    mix: rangeOption({ least: 0, from: "itself" }).refine(
      ([, high]) => high <= 1,
      "Wanted shares from 0 to 1",
    )
      .default([0.5, 1]),
    heartbeats: z.int().min(1).default(12),
    order: lineOrder.default("interleaved"),
    phaseEncodeAxis: planeAxisOption,
  }),
  params: z.object({
    phaseEncodeAxis: planeAxis,
    order: lineOrder.default("interleaved"),
    /** For each slice, or once for all: the share of the other frame in each heartbeat. */
    mixes: z.array(z.array(share).min(1)).min(1),
  }),
  severities: [{ share: 0.1 }, { share: 0.2 }, { share: 0.3 }, { share: 0.45 }, { share: 0.6 }],
  sample({ share, mix, heartbeats, order, phaseEncodeAxis }, draws, { shape }) {
    const axis = drawPlaneAxis(phaseEncodeAxis, draws);
    const hits = share === 0 ? 0 : Math.max(1, Math.round(share * heartbeats));
    const mixes = Array.from({ length: shape[2] }, () => {
      const beats = Array.from({ length: heartbeats }, (_, h) => ({
        h,
        mix: draws.uniform(...mix),
        rank: draws.uniform(),
      }));
      const hit = [...beats].sort((a, b) => a.rank - b.rank).slice(0, hits).map(({ h }) => h);
      return beats.map(({ h, mix }) => hit.includes(h) ? mix : 0);
    });
    return { phaseEncodeAxis: axis, order, mixes };
  },
  apply(volume, { phaseEncodeAxis, order, mixes }, { otherFrame }) {
    const { readouts, readoutStep, lines, lineStep } = stepsOf(volume.shape, phaseEncodeAxis);
    return throughKSpace(volume, (spectrum, k) => {
      const mix = ofSlice(mixes, k, volume.shape[2], "apply physical/mistriggering");
      if (mix.every((m) => m === 0)) return false;
      const other = transformReal(sliceOf(otherFrame!, k), spectrum.shape);
      const beats = heartbeatsOfLines(lines, mix.length, order);
      for (let l = 0; l < lines; l++) {
        const m = mix[beats[l]!]!, row = plainIndex(l, lines) * lineStep;
        for (let x = 0; x < readouts; x++) {
          const o = row + x * readoutStep;
          spectrum.re[o] = (1 - m) * spectrum.re[o]! + m * other.re[o]!;
          spectrum.im[o] = (1 - m) * spectrum.im[o]! + m * other.im[o]!;
        }
      }
      return true;
    });
  },
});
