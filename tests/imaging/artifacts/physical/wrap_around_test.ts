import { assert, assertEquals } from "../../../deps.ts";
import { wrapAround } from "../../../../lib/imaging/artifacts/physical/wrap_around.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/wrap-around folds the ends in, and keeps the label of what is inside", () => {
  const { volume, label } = smallCase([24, 20, 2]);
  const params = { phaseEncodeAxis: 1 as const, fraction: 0.6 };
  const { data, shape } = wrapAround.apply(volume, params);
  const moved = wrapAround.applyToLabel(label, params).data;
  assertEquals([...shape], [24, 20, 2]);
  const at = (i: number, j: number) => i + 24 * j;
  for (let i = 0; i < 24; i++) {
    assertEquals(data[at(i, 3)], 0);
    assertEquals(moved[at(i, 17)], 0);
    assert(Math.abs(data[at(i, 5)]! - (volume.data[at(i, 5)]! + volume.data[at(i, 17)]!)) < 1e-6);
    assert(Math.abs(data[at(i, 9)]! - volume.data[at(i, 9)]!) < 1e-6);
    assertEquals(moved[at(i, 9)], label.data[at(i, 9)]);
  }
});

Deno.test("physical/wrap-around on the reduced grid moves the origin", () => {
  const { volume, label } = smallCase([24, 20, 2]);
  const params = { phaseEncodeAxis: 0 as const, fraction: 0.5, grid: "reduced" as const };
  const result = wrapAround.apply(volume, params);
  assertEquals([...result.shape], [12, 20, 2]);
  assertEquals(result.affine[3], -20 + 6 * 1.5);
  const sum = (values: Float32Array) => values.reduce((a, b) => a + b, 0);
  assert(Math.abs(sum(result.data) - sum(volume.data)) < 1e-2);
  assertEquals(wrapAround.applyToLabel(label, params).data[0], label.data[6]);
});
