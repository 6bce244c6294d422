import type { Method } from "./method.ts";

/** Corrupted segmentations alone, which train the STN. */
export const shapeCodeOnly: Method = {
  name: "shape-code-only",
  title: "Shape code only",
  family: "latent",
  summary: "Hard examples from the masked shape code alone: corrupted segmentations.",
  source: "Chen et al., MICCAI 2021: ablation",
  settings: { maskScope: ["shape"] },
};
