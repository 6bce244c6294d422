import type { Method } from "./method.ts";

/** The STN learns to refine the FTN's predictions, but its loss does not reach the FTN. */
export const separateTraining: Method = {
  name: "separate-training",
  title: "Separate training",
  family: "none",
  summary: "As standard training, but what the STN learns does not train the FTN.",
  source: "Chen et al., MICCAI 2021: the authors' code, separate_training",
  settings: { latentAugmentation: false, separateTraining: true },
};
