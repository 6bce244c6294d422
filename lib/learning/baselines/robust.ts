import type { Method } from "./method.ts";

/** What the artifact sets of evaluations hold nothing of: grain, lost detail, other contrast. */
const ARTIFACTS = {
  probability: 0.5,
  of: {
    oneOf: [
      { artifact: "noise" },
      { artifact: "gibbs" },
      { artifact: "partial-fourier" },
      { artifact: "undersampling" },
      { artifact: "low-field" },
      { artifact: "blur", mode: "torchio" },
      { artifact: "gamma", mode: "torchio" },
    ],
  },
} as const;

/**
 * What helped most on validation subjects (docs/study-hippocampus): corrupted images that keep every
 * detail of the scan, no corrupted shapes, and artifacts of kinds that no test set holds.
 */
export const robust: Method = {
  name: "robust",
  title: "Robust",
  family: "latent",
  summary:
    "Hard examples from the masked image code, as changes of the scan, and artifacts of other kinds.",
  source: "Tandem, docs/study-hippocampus",
  settings: { latentAugmentation: true, maskScope: ["image"], hardImages: "difference" },
  artifacts: ARTIFACTS,
};
