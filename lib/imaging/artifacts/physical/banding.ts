/** The dark bands of balanced steady-state free precession. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { bssfpSignal } from "./bssfp.ts";

const number = z.number();

/** Dark bands where the field is off. */
export const banding = defineArtifact({
  name: "banding",
  mode: "physical",
  nonNegative: true,
  doc: {
    summary: "Dark curved bands where the magnetic field is off, near lungs and the diaphragm, " +
      "in cine images with balanced steady-state free precession.",
    sampling: "Field map of degree 2 in the in-plane coordinates and linear over slices, " +
      "coefficients normal, scaled to a largest offset of offsetHz; plus a centre offset uniform " +
      "within a tenth of it.",
    model: "f M(df) / M(0), M the steady-state signal (T1 1000 ms, T2 50 ms unless given), dark " +
      "every 1 / TR. df in Hz over coordinates -1 to 1.",
    reference: "Scheffler and Lehnhardt, Eur Radiol 13 (2003) 2409; Freeman and Hill 1971",
  },
  options: z.object({
    offsetHz: rangeOption({ least: 0, from: "itself" }).default([140, 260]),
    trMs: number.gt(0).default(3.4),
    flipDegrees: number.gt(0).lt(180).default(55),
    t1Ms: number.gt(0).default(1000),
    t2Ms: number.gt(0).default(50),
  }),
  params: z.object({
    /** Hz: constant, x, y, x^2, x y, y^2, z. */
    coefficientsHz: z.tuple([number, number, number, number, number, number, number]),
    trMs: number.gt(0),
    flipDegrees: number.gt(0).lt(180),
    t1Ms: number.gt(0),
    t2Ms: number.gt(0),
  }),
  severities: [{ offsetHz: [110, 110] }, { offsetHz: [150, 150] }, { offsetHz: [200, 200] }, {
    offsetHz: [280, 280],
  }, { offsetHz: [400, 400] }],
  sample({ offsetHz, trMs, flipDegrees, t1Ms, t2Ms }, draws) {
    const largest = draws.uniform(...offsetHz);
    const shape = [0, 1, 1, 0.7, 0.7, 0.7, 0.3].map((size) => draws.normal(0, size));
    // the map's largest size over the unit square, on a coarse grid
    let most = 0;
    for (let x = -1; x <= 1; x += 0.25) {
      for (let y = -1; y <= 1; y += 0.25) most = Math.max(most, Math.abs(mapAt(shape, x, y, 0)));
    }
    const scaled = shape.map((c) => most === 0 ? 0 : c * largest / most);
    scaled[0] = draws.uniform(-0.1, 0.1) * largest;
    return {
      coefficientsHz: scaled as [number, number, number, number, number, number, number],
      trMs,
      flipDegrees,
      t1Ms,
      t2Ms,
    };
  },
  apply(volume, { coefficientsHz, trMs, flipDegrees, t1Ms, t2Ms }) {
    const { data, shape: [ni, nj, nk] } = volume;
    const state = { t1: t1Ms, t2: t2Ms, tr: trMs, flipDegrees };
    const still = bssfpSignal(state, 0), result = new Float32Array(data.length);
    const along = (x: number, n: number) => n === 1 ? 0 : -1 + 2 * x / (n - 1);
    for (let k = 0, o = 0; k < nk; k++) {
      for (let j = 0; j < nj; j++) {
        for (let i = 0; i < ni; i++, o++) {
          const offset = mapAt(coefficientsHz, along(i, ni), along(j, nj), along(k, nk));
          result[o] = data[o]! * bssfpSignal(state, offset) / still;
        }
      }
    }
    return { ...volume, data: result };
  },
});

function mapAt(c: readonly number[], x: number, y: number, z: number): number {
  return c[0]! + c[1]! * x + c[2]! * y + c[3]! * x * x + c[4]! * x * y + c[5]! * y * y + c[6]! * z;
}
