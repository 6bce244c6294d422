import { assert, assertAlmostEquals } from "../../../deps.ts";
import { bssfpSignal } from "../../../../lib/imaging/artifacts/physical/bssfp.ts";

const state = { t1: 1000, t2: 50, tr: 4, flipDegrees: 50 };

Deno.test("bssfpSignal() is dark half a band away from the middle and repeats every 1 / TR", () => {
  const middle = bssfpSignal(state, 0);
  assert(bssfpSignal(state, 125) < 0.2 * middle);
  assertAlmostEquals(bssfpSignal(state, 30), bssfpSignal(state, 280), 1e-12);
  assertAlmostEquals(bssfpSignal(state, 30), bssfpSignal(state, -30), 1e-12);
});

Deno.test("bssfpSignal() on resonance is the textbook formula", () => {
  const e1 = Math.exp(-4 / 1000), e2 = Math.exp(-4 / 50), angle = 50 * Math.PI / 180;
  // |1 + E2| / (D - C) with alternating phases, which is (1 - E1) sin / (1 - (E1 - E2) cos - E1 E2)
  const want = (1 - e1) * Math.sin(angle) / (1 - (e1 - e2) * Math.cos(angle) - e1 * e2);
  assertAlmostEquals(bssfpSignal(state, 0), want, 1e-12);
});
