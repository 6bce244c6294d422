import { assert, assertEquals } from "../../deps.ts";
import { multiplyAffines } from "../../../lib/base/volume/affine.ts";
import { reorderOnto } from "../../../lib/base/volume/reorder_onto.ts";

const shape = [4, 3, 2] as const;
const affine = [1.5, 0.1, 0, -20, -0.1, 1.4, 0.3, 5, 0, -0.3, 8, 3, 0, 0, 0, 1];
const volume = { data: Int16Array.from({ length: 24 }, (_, n) => n), shape, affine };

/** The same voxels along axes (k, j reversed, i). */
function stored() {
  const data = new Int16Array(24);
  for (let n = 0; n < 24; n++) {
    const [i, j, k] = [n % 4, Math.floor(n / 4) % 3, Math.floor(n / 12)];
    data[k + 2 * ((2 - j) + 3 * i)] = n;
  }
  const turn = [0, 0, 1, 0, 0, -1, 0, 2, 1, 0, 0, 0, 0, 0, 0, 1];
  return { data, shape: [2, 3, 4] as const, affine: multiplyAffines(affine, turn) };
}

Deno.test("reorderOnto() gives the voxels in the order of the other grid", () => {
  const turned = reorderOnto(stored(), volume)!;
  assertEquals(turned.data, volume.data);
  assertEquals([turned.shape, turned.affine], [shape, affine]);
  assertEquals(reorderOnto(volume, stored())!.data, stored().data);
  assertEquals(reorderOnto(volume, volume)!.data, volume.data);
});

Deno.test("reorderOnto() gives nothing for grids that show other places", () => {
  const moved = (by: number, at: number) => affine.map((value, n) => n === at ? value + by : value);
  assert(reorderOnto({ ...volume, affine: moved(0.1, 3) }, volume));
  assertEquals(reorderOnto({ ...volume, affine: moved(0.9, 3) }, volume), undefined);
  assertEquals(reorderOnto({ ...volume, affine: moved(1.5, 3) }, volume), undefined);
  assertEquals(reorderOnto({ ...volume, affine: moved(0.7, 0) }, volume), undefined);
  assertEquals(reorderOnto(volume, { shape: [4, 3, 1], affine }), undefined);
});
