import { SITE_NAMES } from "../../../lib/names.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { sampleAcquisition } from "../../../lib/imaging/phantom/acquisition.ts";
import { storedGrid, storeSlice } from "../../../lib/imaging/phantom/storage.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { applyAffine, determinantOf } from "../../../lib/base/volume/affine.ts";
import { canonicalInPlane } from "../../../lib/base/volume/orientation.ts";
import { spacingOf } from "../../../lib/base/volume/volume.ts";

Deno.test("storedGrid() has the scan's spacing, right angles, and true axis codes", () => {
  for (const site of SITE_NAMES) {
    for (let seed = 0; seed < 10; seed++) {
      const scan = sampleAcquisition(site, RandomStream.fromSeed(seed));
      const { affine, shape } = storedGrid(scan);
      const spacing = spacingOf(affine);
      assertAlmostEquals(spacing[0], scan.pixelMm, 1e-9);
      assertAlmostEquals(spacing[1], scan.pixelMm, 1e-9);
      assertAlmostEquals(spacing[2], scan.sliceMm, 1e-9);
      assertAlmostEquals(determinantOf(affine), scan.pixelMm ** 2 * scan.sliceMm, 1e-9);
      const swapped = scan.storage === "PIR";
      assertEquals(canonicalInPlane(affine), { transpose: swapped, flipI: swapped, flipJ: false });
      assertEquals(shape[swapped ? 1 : 0], scan.matrix[0]);
      // The slices go to the base of the heart: right, backwards and up.
      assert(affine[2]! > 0 && affine[6]! < 0 && affine[10]! > 0);
    }
  }
});

Deno.test("storeSlice() and storedGrid() put the heart where the scan says, in both storages", () => {
  for (const storage of ["LPS", "PIR"] as const) {
    const scan = {
      ...sampleAcquisition("A", RandomStream.fromSeed(1)),
      storage,
      matrix: [9, 7, 3] as const,
      pixelMm: 2,
      heartMm: [4, -2] as const,
    };
    const slice = new Float32Array(63);
    slice[2 * 9 + 6] = 5; // 2 pixels right of the middle and 1 up, as heartMm says
    const { shape, affine } = storedGrid(scan);
    const data = new Int16Array(189);
    storeSlice(slice, data, scan, 1, (value) => value);
    const index = data.indexOf(5);
    const voxel: [number, number, number] = [
      index % shape[0],
      Math.floor(index / shape[0]) % shape[1],
      Math.floor(index / (shape[0] * shape[1])),
    ];
    const world = applyAffine(affine, voxel);
    for (const axis of [0, 1, 2]) {
      assertAlmostEquals(world[axis]!, scan.heartWorldMm[axis]!, 1e-9);
    }
  }
});
