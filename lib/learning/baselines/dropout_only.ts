import type { Method } from "./method.ts";

/** Hard examples by channel dropout alone, of both codes. */
export const dropoutOnly: Method = {
  name: "dropout-only",
  title: "Latent dropout",
  family: "latent",
  summary: "Hard examples from random channel dropout of both codes, without targeted masks.",
  source: "Chen et al., MICCAI 2021: ablation",
  settings: { imageMask: { scheme: "dropout" }, shapeMask: { scheme: "dropout" } },
};
