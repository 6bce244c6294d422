import type { Method } from "./method.ts";

/** Hard examples by masking the positions of the highest gradients alone. */
export const spatialOnly: Method = {
  name: "spatial-only",
  title: "Targeted positions",
  family: "latent",
  summary: "Hard examples from masking the positions with the highest gradients, of both codes.",
  source: "Chen et al., MICCAI 2021: ablation",
  settings: { imageMask: { scheme: "spatial" }, shapeMask: { scheme: "spatial" } },
};
