import type { Method } from "./method.ts";

/** Corrupted images alone. */
export const imageCodeOnly: Method = {
  name: "image-code-only",
  title: "Image code only",
  family: "latent",
  summary: "Hard examples from the masked image code alone: corrupted images.",
  source: "Chen et al., MICCAI 2021: ablation",
  settings: { maskScope: ["image"] },
};
