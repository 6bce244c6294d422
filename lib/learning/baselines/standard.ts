import type { Method } from "./method.ts";

/** Both networks together, without hard examples: L = L_std. */
export const standard: Method = {
  name: "standard",
  title: "Standard training",
  family: "none",
  summary: "Both networks trained together on clean and noisy images, without hard examples.",
  source: "Chen et al., MICCAI 2021: L_std",
  settings: { latentAugmentation: false },
};
