import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import { normalTails } from "../../../lib/base/stats/normal_tails.ts";

Deno.test("normalTails() has scipy's digits, near 0 and far out", () => {
  // scipy 1.10: 2 * st.norm.sf(z)
  const expected = [
    [0, 1],
    [0.1, 0.920344325445942],
    [0.5, 0.6170750774519738],
    [1, 0.31731050786291415],
    [1.96, 0.04999579029644087],
    [2.8, 0.005110260660855864],
    [2.9, 0.003731626600768075],
    [4, 6.334248366623973e-05],
    [8, 1.244192114854348e-15],
    [20, 5.507248237212311e-89],
    [37, 1.1451142445047853e-299],
  ] as const;
  for (const [z, tails] of expected) {
    assertAlmostEquals(normalTails(z) / tails, 1, 2e-13, `at ${z}`);
    assertEquals(normalTails(-z), normalTails(z));
  }
  assertEquals(normalTails(40), 0);
  assertEquals(normalTails(NaN), NaN);
});
