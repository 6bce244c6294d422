/** A power of the intensities, as TorchIO's `RandomGamma`. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";

const exponent = z.number().min(0);
const WANTED = "Wanted a number of 0 or more, or a list of one as TorchIO keeps it";

/** A change of contrast. */
export const gamma = defineArtifact({
  name: "gamma",
  mode: "torchio",
  inUnits: true,
  doc: {
    summary: "Another contrast curve, as other reconstruction or display software gives.",
    sampling: "gamma = exp(u), u uniform in log_gamma.",
    model: "f^gamma, or sign(f) |f|^gamma where the volume has a negative value. No rescaling: " +
      "range and mean change unless the input lies in 0-1.",
    reference: "Perez-Garcia et al., TorchIO, Comput Methods Programs Biomed 208 (2021) 106236",
  },
  options: z.object({ log_gamma: rangeOption({ symmetric: true }).default([-0.3, 0.3]) }),
  params: z.object({ gamma: z.union([exponent, z.tuple([exponent])], { error: WANTED }) }),
  severities: [
    { log_gamma: [0.08, 0.08] },
    { log_gamma: [0.14, 0.14] },
    { log_gamma: [0.22, 0.22] },
    { log_gamma: [0.35, 0.35] },
    { log_gamma: [0.55, 0.55] },
  ],
  sample: ({ log_gamma }, draws) => ({ gamma: Math.exp(draws.uniform(...log_gamma)) }),
  apply(volume, params) {
    const power = typeof params.gamma === "number" ? params.gamma : params.gamma[0];
    const { data } = volume, result = new Float32Array(data.length);
    for (let o = 0; o < data.length; o++) {
      const value = data[o]!;
      result[o] = value < 0 ? -Math.pow(-value, power) : Math.pow(value, power);
    }
    // 0^0 is 1, but the sign of 0 is 0 once one value is negative
    if (power === 0 && data.some((value) => value < 0)) {
      for (let o = 0; o < data.length; o++) if (data[o] === 0) result[o] = 0;
    }
    return { ...volume, data: result };
  },
});
