/** The same body in a weaker magnet. */
import { z } from "../../../base/deps/zod.ts";
import type { Volume } from "../../../base/volume/volume.ts";
import { type ArtifactContext, defineArtifact } from "../artifact.ts";
import { drawSeed } from "../draws.ts";
import { rangeOption } from "../parameter_error.ts";
import { bodyMean } from "./body.ts";
import { bssfpSignal } from "./bssfp.ts";
import { gibbs } from "./gibbs.ts";
import { noisyMagnitude } from "./receiver_noise.ts";
import { softMask } from "./soft_mask.ts";

const MOST_TESLA = 12;
const tesla = z.number().gt(0).max(MOST_TESLA);
const contrast = z.enum(["none", "label"]).default("none");

/** More noise, less detail, other contrast. */
export const lowField = defineArtifact({
  name: "low-field",
  mode: "physical",
  nonNegative: true,
  perChannel: true,
  doc: {
    summary:
      "More noise and less detail, and (with a label) weaker contrast of blood and muscle: " +
      "the body in a magnet of lower field.",
    sampling: "fieldT uniform in its range, then a seed.",
    model: 'With contrast "label", T1 scales as B^0.35 (blood 1500 ms, muscle 1000 ms at 1.5 T; ' +
      "T2 250 and 50 ms) and blood and muscle are multiplied by the ratio of their steady-state " +
      "signals (TR 3.4 ms, 55 degrees), edges softened. Then k-space is cut to `keep`, and Rician " +
      "noise is added at SNR referenceSnr (B / referenceT)^noiseExponent of the body.",
    reference:
      "Marques et al., JMRI 49 (2019) 1528; Lin et al., Med Image Anal 87 (2023) 102807; " +
      "Bottomley et al., Med Phys 11 (1984) 425",
  },
  options: z.object({
    fieldT: rangeOption({ least: 0.01, from: "itself" })
      .refine(([, high]) => high <= MOST_TESLA, `Wanted tesla up to ${MOST_TESLA}`)
      .default([0.1, 0.55]),
    referenceT: tesla.default(1.5),
    referenceSnr: z.number().gt(0).default(40),
    noiseExponent: z.number().min(0).default(1),
    keep: z.number().gt(0).max(1).default(0.6),
    contrast,
  }),
  params: z.object({
    fieldT: tesla,
    referenceT: tesla,
    referenceSnr: z.number().gt(0),
    noiseExponent: z.number().min(0),
    keep: z.number().gt(0).max(1),
    contrast,
    seed: z.int().min(0).lt(2 ** 32),
  }),
  severities: [
    { fieldT: [1.1, 1.1], keep: 0.8 },
    { fieldT: [0.8, 0.8], keep: 0.65 },
    { fieldT: [0.55, 0.55], keep: 0.5 },
    { fieldT: [0.4, 0.4], keep: 0.4 },
    { fieldT: [0.27, 0.27], keep: 0.32 },
  ],
  sample({ fieldT, ...rest }, draws) {
    return { fieldT: draws.uniform(...fieldT), ...rest, seed: drawSeed(draws) };
  },
  needsOf: ({ contrast }) =>
    contrast === "none" ? [] : ["label", ...TISSUES.map(({ role }) => `role:${role}` as const)],
  apply(volume, params, context) {
    const { keep, fieldT, referenceT } = params;
    const cut = (image: Volume) => gibbs.apply(image, { keep: [keep, keep], taper: 0.3 }).data;
    const plain = cut(volume);
    const data = params.contrast === "label"
      ? cut(recontrasted(volume, context, fieldT, referenceT))
      : plain;
    const snr = params.referenceSnr * (fieldT / referenceT) ** params.noiseExponent;
    return { ...volume, data: noisyMagnitude(data, bodyMean(plain) / snr, 1, params.seed) };
  },
});

/** Tissue times at 1.5 T in ms, by role. */
const TISSUES = [
  { role: "blood", t1: 1500, t2: 250 },
  { role: "muscle", t1: 1000, t2: 50 },
];

function recontrasted(
  volume: Volume,
  context: ArtifactContext,
  field: number,
  reference: number,
): Volume {
  const data = volume.data.slice();
  const changes = TISSUES.map(({ role, t1, t2 }) => {
    const signal = (tesla: number) =>
      bssfpSignal({ t1: t1 * (tesla / 1.5) ** 0.35, t2, tr: 3.4, flipDegrees: 55 }, 0);
    return { role, ratio: signal(field) / signal(reference) };
  });
  // what is brighter as a whole is scaled back by the scanner: tissue that no label names stays
  const whole = Math.max(...changes.map(({ ratio }) => ratio));
  for (const { role, ratio } of changes) {
    const change = ratio / whole - 1, soft = softMask(context, role, [1, 1, 0]);
    for (let o = 0; o < data.length; o++) data[o] = data[o]! * (1 + change * soft[o]!);
  }
  return { ...volume, data };
}
