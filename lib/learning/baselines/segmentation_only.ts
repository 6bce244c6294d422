import type { Method } from "./method.ts";

/** A plain encoder-decoder: what the reconstruction and the second network add is seen against it. */
export const segmentationOnly: Method = {
  name: "segmentation-only",
  title: "Segmentation only",
  family: "none",
  summary: "The encoder and the segmentation decoder alone, without reconstruction and STN.",
  source: "the plain network that the published comparison leaves out",
  settings: { networks: "segmentation", latentAugmentation: false },
};
