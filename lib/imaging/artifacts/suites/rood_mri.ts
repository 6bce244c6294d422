/**
 * The transforms of ROOD-MRI (Boone et al., ROOD-MRI: Benchmarking the robustness of deep learning
 * segmentation models to out-of-distribution and corrupted data in MRI, 2022, arXiv 2203.06060) with
 * the settings of its code. Each is drawn alike for all severities, so that these differ in strength.
 */
import type { Severity } from "../artifact.ts";
import type { Recipe } from "../compose.ts";

type RecipeOf = (severity: Severity) => Recipe;

/** A fixed value as a range. */
const only = (value: number): [number, number] => [value, value];

/** A tenth of whole numbers, without the last digits that products of fractions have. */
const tenths = (value: number) => Math.round(value) / 10;

/** By name, the recipe of each severity. */
export const ROOD_MRI: Readonly<Record<string, RecipeOf>> = {
  affine: (s) => ({
    ...{ artifact: "affine", mode: "torchio" },
    options: { scales: [1, 1], degrees: 6 * s, translation: 8 * s },
  }),
  downsampling: (s) => ({
    ...{ artifact: "anisotropy", mode: "torchio" },
    options: { downsampling: only(tenths(10 + 18 * s)), scalars_only: false },
  }),
  bias: (s) => ({
    ...{ artifact: "bias", mode: "torchio" },
    options: { coefficients: tenths(3 * s) },
  }),
  "contrast-compression": (s) => ({
    ...{ artifact: "contrast", mode: "monai" },
    options: { gamma: only(Math.round(100 - 14 * s) / 100) },
  }),
  "contrast-expansion": (s) => ({
    ...{ artifact: "contrast", mode: "monai" },
    options: { gamma: only(tenths(10 + 4 * s)) },
  }),
  elastic: (s) => ({
    ...{ artifact: "elastic", mode: "torchio" },
    options: { max_displacement: 6 * s },
  }),
  ghosting: (s) => ({
    ...{ artifact: "ghosting", mode: "torchio" },
    options: {
      num_ghosts: only(1 + 2 * s),
      intensity: only(s / 2),
      axes: [0, 1],
      output: "real-cut",
    },
  }),
  motion: (s) => ({
    ...{ artifact: "motion", mode: "torchio" },
    options: { degrees: s, translation: 2 * s, num_transforms: 2 * s, output: "real-cut" },
  }),
  noise: (s) => ({
    ...{ artifact: "rician", mode: "monai" },
    options: { std: only(Math.round(16 * s) / 100), relative: true },
  }),
  blur: (s) => ({
    ...{ artifact: "blur", mode: "torchio" },
    options: { std: Array(3).fill(only(tenths(8 * s))).flat() },
  }),
};
