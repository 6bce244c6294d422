import type { Method } from "./method.ts";

/** The method: every scheme, both codes, both networks. */
export const full: Method = {
  name: "full",
  title: "Full method",
  family: "latent",
  summary: "Hard examples from dropout and targeted masks of both codes, drawn anew each step.",
  source: "Chen et al., MICCAI 2021",
  settings: { latentAugmentation: true },
};
