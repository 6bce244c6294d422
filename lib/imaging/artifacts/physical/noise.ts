/** Thermal noise. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { drawSeed } from "../draws.ts";
import { rangeOption } from "../parameter_error.ts";
import { signalLevel } from "./body.ts";
import { noisyMagnitude } from "./receiver_noise.ts";

// records of older versions say what is muscle by its name in the heart
const reference = z.string().min(1)
  .transform((given) => given === "myocardium" ? "muscle" : given).default("body");

/** Grain as a scanner makes it. */
export const noise = defineArtifact({
  name: "noise",
  mode: "physical",
  nonNegative: true,
  perChannel: true,
  doc: {
    summary: "Grain everywhere, and a grey veil over air: thermal noise of the receiver, Rician " +
      "for one channel, non-central chi for several.",
    sampling: "snr uniform in its range, then a seed.",
    model:
      "sqrt(sum over channels |f / sqrt(n) + n1 + i n2|^2), standard deviation of each part = " +
      "signal / snr; the signal is the mean of the body (above Otsu's threshold) or, with a " +
      "label map, of the labels whose role or name is `reference`, as muscle (in a lone slice " +
      "without them, of the body).",
    reference: "Gudbjartsson and Patz, MRM 34 (1995) 910; Constantinides et al., MRM 38 (1997) 852",
  },
  options: z.object({
    snr: rangeOption({ least: 0.01, from: "itself" }).default([8, 20]),
    channels: z.int().min(1).max(64).default(1),
    reference,
  }),
  params: z.object({
    snr: z.number().gt(0),
    channels: z.int().min(1).max(64).default(1),
    reference,
    seed: z.int().min(0).lt(2 ** 32),
  }),
  needsOf: ({ reference }) => reference === "body" ? [] : ["label", `role:${reference}`],
  severities: [
    { snr: [30, 30] },
    { snr: [20, 20] },
    { snr: [12, 12] },
    { snr: [8, 8] },
    { snr: [5, 5] },
  ],
  sample({ snr, channels, reference }, draws) {
    return { snr: draws.uniform(...snr), channels, reference, seed: drawSeed(draws) };
  },
  apply(volume, { snr, channels, reference, seed }, context) {
    const sigma = Math.abs(signalLevel(volume, reference, context, "apply physical/noise")) / snr;
    return { ...volume, data: noisyMagnitude(volume.data, sigma, channels, seed) };
  },
});
