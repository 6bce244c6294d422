/** Kernels that make every entry by itself. */
import { EACH_ENTRY, FLAT, type Kernel } from "./kernel.ts";
import type { Summed } from "./sums.ts";

/** 1 / (1 + exp(-x)). */
export const sigmoidKernel: Kernel = {
  name: "sigmoid",
  inputs: { x: "f32" },
  outputs: { y: "f32" },
  sizes: ["size"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  y[index] = 1.0 / (1.0 + exp(-x[index]));`,
};

/** dx = dy * y * (1 - y). */
export const sigmoidBackKernel: Kernel = {
  name: "sigmoidBack",
  inputs: { y: "f32", dy: "f32" },
  outputs: { dx: "f32" },
  sizes: ["size"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  dx[index] = dy[index] * y[index] * (1.0 - y[index]);`,
};

/** The squares of the differences of two maps. */
export const SQUARED_ERROR: Summed = {
  name: "squaredError",
  inputs: { a: "f32", b: "f32" },
  before: "let e = a[i] - b[i];",
  terms: ["e * e"],
};

/** d = dy * factor * (a - b). */
export const differenceKernel: Kernel = {
  name: "difference",
  inputs: { a: "f32", b: "f32", dy: "f32" },
  outputs: { d: "f32" },
  sizes: ["size"],
  factors: ["factor"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  d[index] = dy[0] * u.factor * (a[index] - b[index]);`,
};

/** One number everywhere. */
export const fillKernel: Kernel = {
  name: "fill",
  inputs: {},
  outputs: { out: "f32" },
  sizes: ["size"],
  factors: ["value"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  out[index] = u.value;`,
};

/** Whole numbers as float32. */
export const toFloatKernel: Kernel = {
  name: "toFloat",
  inputs: { x: "i32" },
  outputs: { y: "f32" },
  sizes: ["size"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  y[index] = f32(x[index]);`,
};

/** The sum of two maps of one size. */
export const addKernel: Kernel = {
  name: "add",
  inputs: { a: "f32", b: "f32" },
  outputs: { sum: "f32" },
  sizes: ["size"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  sum[index] = a[index] + b[index];`,
};

/** One step of Adam over a parameter, in place (Kingma and Ba 2015). */
export const adamKernel: Kernel = {
  name: "adam",
  inputs: { gradient: "f32", rates: "f32" },
  outputs: { weight: "f32", first: "f32", second: "f32" },
  sizes: ["size"],
  factors: ["beta1", "beta2", "rest1", "rest2", "epsilon"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  let g = gradient[index];
  let m = u.beta1 * first[index] + u.rest1 * g;
  let v = u.beta2 * second[index] + u.rest2 * g * g;
  first[index] = m;
  second[index] = v;
  weight[index] -= rates[0] * m / (sqrt(v) / rates[1] + u.epsilon);`,
};
