/** Normalisation and activation: two numbers a channel and a slope, and the way back. */
import { EPSILON } from "../../../wasm/mod.ts";
import { EACH_ENTRY, type Element, FLAT, type Kernel } from "./kernel.ts";
import type { Summed } from "./sums.ts";

/** affine = [scale, shift] of each channel. */
export const affineKernel: Kernel = {
  name: "affine",
  inputs: { statistics: "f32", gamma: "f32", beta: "f32" },
  outputs: { affine: "f32" },
  sizes: ["size"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  let scale = gamma[index] / sqrt(statistics[u.size + index] + ${EPSILON});
  affine[index] = scale;
  affine[u.size + index] = beta[index] - statistics[index] * scale;`,
};

/** The sum of a map, for its mean. */
export const SUM: Summed = { name: "map", inputs: { x: "f32" }, terms: ["x[i]"] };

/** The squares of a map about its mean, which is known by then. */
export const SQUARES: Summed = {
  name: "squares",
  inputs: { x: "f32", statistics: "f32" },
  before: "let d = x[i] - statistics[c];",
  terms: ["d * d"],
};

/** g = d where the activation was above zero, else d * slope. */
const gradient = (known: boolean) => `
fn back(i: u32, c: u32) -> f32 {
  let sign = ${known ? "out[i]" : "fma(x[i], affine[c], affine[u.channels + c])"};
  return select(d[i] * u.slope, d[i], sign > 0.0);
}`;

const backInputs = (known: boolean): Record<string, Element> => ({
  ...{ d: "f32", x: "f32", affine: "f32" },
  ...(known && { out: "f32" }),
});

/** The sums of g and of g * xhat; `known`: the activated map is given, and tells the sign. */
export const backSums = (known: boolean): Summed => ({
  name: `back ${known}`,
  inputs: { ...backInputs(known), statistics: "f32" },
  factors: ["slope"],
  functions: gradient(known),
  before: `let g = back(i, c);
      let hat = (x[i] - statistics[c]) / sqrt(statistics[u.channels + c] + ${EPSILON});`,
  terms: ["g", "g * hat"],
});

/** What g, x and 1 are multiplied by for dx (Ioffe and Szegedy 2015, section 3). */
export const coefficientsKernel: Kernel = {
  name: "coefficients",
  inputs: { statistics: "f32", affine: "f32", sums: "f32" },
  outputs: { coefficients: "f32" },
  sizes: ["size", "training"],
  factors: ["pixels"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  let scale = affine[index];
  var b = 0.0;
  var c = 0.0;
  if (u.training == 1u) {
    let inverse = 1.0 / sqrt(statistics[u.size + index] + ${EPSILON});
    b = -scale * inverse * sums[u.size + index] / u.pixels;
    c = -(scale * sums[index] / u.pixels + b * statistics[index]);
  }
  coefficients[index] = scale;
  coefficients[u.size + index] = b;
  coefficients[2u * u.size + index] = c;`,
};

/** dx, and with `skips` g itself as well, the gradient of a skip map of the same size. */
export const backKernel = (known: boolean, skips: boolean): Kernel => ({
  name: `normaliseBack ${known} ${skips}`,
  inputs: { ...backInputs(known), coefficients: "f32" },
  outputs: { dx: "f32", ...(skips && { dskip: "f32" }) },
  sizes: ["size", "channels"],
  factors: ["slope"],
  threads: FLAT,
  before: gradient(known),
  body: `${EACH_ENTRY}
  let c = index % u.channels;
  let g = back(index, c);
  let rest = fma(x[index], coefficients[u.channels + c], coefficients[2u * u.channels + c]);
  dx[index] = fma(g, coefficients[c], rest);
  ${skips ? "dskip[index] = g;" : ""}`,
});

/** The gradient of a skip map of half the size: the sum of each 2 x 2 block of g. */
export const halveKernel: Kernel = {
  name: "halve",
  inputs: { g: "f32" },
  outputs: { half: "f32" },
  sizes: ["size", "channels", "width"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  let c = index % u.channels;
  let pixel = index / u.channels;
  let rowOf = pixel / u.width;
  let at = ((2u * rowOf) * 2u * u.width + 2u * (pixel % u.width)) * u.channels + c;
  let below = at + 2u * u.width * u.channels;
  half[index] = (g[at] + g[at + u.channels]) + (g[below] + g[below + u.channels]);`,
};

/** act(normalise(x) + skip); the skip map of the same size, of half of it, or none. */
export const joinKernel = (skip: "none" | "same" | "half"): Kernel => ({
  name: `join ${skip}`,
  inputs: { x: "f32", affine: "f32", ...(skip !== "none" && { skip: "f32" }) },
  outputs: { out: "f32" },
  sizes: ["size", "channels", "width"],
  factors: ["slope"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  let c = index % u.channels;
  var v = fma(x[index], affine[c], affine[u.channels + c]);
  ${
    {
      none: "",
      same: "v += skip[index];",
      half: `let pixel = index / u.channels;
  let at = (pixel / u.width >> 1u) * (u.width >> 1u) + (pixel % u.width >> 1u);
  v += skip[at * u.channels + c];`,
    }[skip]
  }
  out[index] = max(v, v * u.slope);`,
});
