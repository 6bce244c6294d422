import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { fillNormal, smoothTile, TILE } from "../../../lib/imaging/phantom/texture.ts";

Deno.test("fillNormal() gives the moments of the normal distribution and repeats by seed", () => {
  const values = fillNormal(new Float32Array(40001), 5);
  let sum = 0, squares = 0, fourth = 0;
  for (const value of values) {
    sum += value;
    squares += value ** 2;
    fourth += value ** 4;
  }
  assertAlmostEquals(sum / values.length, 0, 0.03);
  assertAlmostEquals(squares / values.length, 1, 0.03);
  assertAlmostEquals(fourth / values.length, 3, 0.25);
  assertEquals(fillNormal(new Float32Array(9), 5), values.slice(0, 9));
  assert(fillNormal(new Float32Array(9), 6)[0] !== values[0]);
});

Deno.test("smoothTile() has unit spread, is smooth, and joins at its borders", () => {
  const tile = smoothTile(1, 3);
  let squares = 0, step = 0, seam = 0;
  for (let row = 0; row < TILE; row++) {
    for (let i = 0; i < TILE; i++) {
      squares += tile[row * TILE + i]! ** 2;
      if (i > 0) step += (tile[row * TILE + i]! - tile[row * TILE + i - 1]!) ** 2;
    }
    seam += (tile[row * TILE]! - tile[row * TILE + TILE - 1]!) ** 2;
  }
  assertAlmostEquals(squares / TILE ** 2, 1, 1e-3);
  step /= TILE * (TILE - 1);
  assert(step < 0.15, `mean square step ${step}`);
  assert(seam / TILE < 3 * step, `mean square step over the seam ${seam / TILE}`);
});
