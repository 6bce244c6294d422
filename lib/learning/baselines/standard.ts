import type { Method } from "./method.ts";

/** Both networks together, without hard examples: L = L_std. */
export const standard: Method = {
  name: "standard",
  title: "Standard training",
  family: "none",
  summary: "Both networks on noisy images, no hard examples.",
  source: "Chen et al., MICCAI 2021: L_std",
  settings: { latentAugmentation: false },
};
