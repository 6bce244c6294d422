import type { Method } from "./method.ts";

/** Hard examples by masking the channels of the highest gradients alone. */
export const channelOnly: Method = {
  name: "channel-only",
  title: "Targeted channels",
  family: "latent",
  summary: "Hard examples from masking the channels with the highest gradients, of both codes.",
  source: "Chen et al., MICCAI 2021: ablation",
  settings: { imageMask: { scheme: "channel" }, shapeMask: { scheme: "channel" } },
};
