import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { findArtifact } from "../../../lib/artifacts/registry.ts";
import { finishChen2021, prepareChen2021 } from "../../../lib/artifacts/suites/preparation.ts";
import { smallCase } from "../small_case.ts";

Deno.test("prepareChen2021() gives (slice, row, column) of 192 x 192 without geometry, slices 0-1", () => {
  const { volume } = smallCase([24, 20, 3]);
  const stack = prepareChen2021(volume);
  assertEquals([...stack.shape], [3, 192, 192]);
  assertEquals(stack.affine[0], 1);
  // voxel (i, j, k) of the case is (k, j, i) of the stack, behind the padding
  const [i, j, k] = [12, 9, 1];
  const at = k + 3 * (j + 86 + 192 * (i + 84));
  const slice = volume.data.subarray(480, 960);
  assertAlmostEquals(stack.data[at]!, slice[i + 24 * j]! / Math.max(...slice), 1e-6);
});

Deno.test("finishChen2021() puts each slice back into its frame, scaled again, zero outside", () => {
  const { volume } = smallCase([200, 20, 2]);
  const back = finishChen2021(prepareChen2021(volume), volume);
  assertEquals([...back.shape], [200, 20, 2]);
  assertEquals(back.data[3 + 200 * 10], 0);
  assertAlmostEquals(Math.max(...back.data.subarray(0, 4000)), 1, 1e-6);
});

Deno.test("axis 2 of the prepared stack is axis i of the case", () => {
  const { volume } = smallCase([192, 192, 2]);
  const params = { num_ghosts: 4, intensity: 0.8, restore: null };
  const ghosting = findArtifact("ghosting", "torchio");
  const there = finishChen2021(
    ghosting.apply(prepareChen2021(volume), { ...params, axis: 2 }),
    volume,
  );
  const clean = finishChen2021(prepareChen2021(volume), volume);
  const here = finishChen2021(
    prepareChen2021(ghosting.apply(clean, { ...params, axis: 0 })),
    volume,
  );
  const worst = there.data.reduce((w, value, o) => Math.max(w, Math.abs(value - here.data[o]!)), 0);
  assert(worst < 1e-5, `differs by ${worst}`);
});
