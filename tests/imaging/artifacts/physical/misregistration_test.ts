import { assert, assertEquals, assertThrows } from "../../../deps.ts";
import { misregistration } from "../../../../lib/imaging/artifacts/physical/misregistration.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/misregistration moves each slice and its label by the same whole voxels", () => {
  const { volume, label } = smallCase();
  const shiftsMm: [number, number, number][] = [[1.5 * 2, 1.4 * -3, 0], [0, 0, 0], [0, 0, 8]];
  const { data } = misregistration.apply(volume, { shiftsMm });
  const moved = misregistration.applyToLabel(label, { shiftsMm }).data;
  const at = (i: number, j: number, k: number) => i + 24 * (j + 20 * k);
  for (const [i, j] of [[10, 8], [5, 12], [20, 3]] as const) {
    assert(Math.abs(data[at(i, j, 0)]! - volume.data[at(i - 2, j + 3, 0)]!) < 1e-6);
    assertEquals(moved[at(i, j, 0)], label.data[at(i - 2, j + 3, 0)]);
    assertEquals(data[at(i, j, 1)], volume.data[at(i, j, 1)]);
    assertEquals(moved[at(i, j, 2)], label.data[at(i, j, 1)]);
    assert(Math.abs(data[at(i, j, 2)]! - volume.data[at(i, j, 1)]!) < 1e-6);
  }
});

Deno.test("physical/misregistration refuses shifts for another number of slices", () => {
  const params = { shiftsMm: [[0, 0, 0], [1, 0, 0]] as [number, number, number][] };
  assertThrows(() => misregistration.apply(smallCase().volume, params), RangeError, "2 shifts");
});

Deno.test("physical/misregistration makes no voxel darker than the darkest", () => {
  const { volume } = smallCase();
  const edge = { ...volume, data: volume.data.map((_, o) => o % 24 < 12 ? 0 : 900) };
  const { data } = misregistration.apply(edge, { shiftsMm: [[0.7, 0.7, 0]] });
  assert(data.some((value) => value > 0 && value < 900));
  assertEquals(data.filter((value) => value < 0).length, 0);
});
