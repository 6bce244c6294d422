import { type Affine, spacingOf } from "../../../../lib/base/volume/volume.ts";
import { imageOf } from "../../../../lib/formats/nifti/nifti_image.ts";
import type { CaseSource } from "../../../../lib/imaging/data/cases/case_source.ts";
import { phantomCases } from "../../../../lib/imaging/data/cases/phantom_cases.ts";
import {
  fingerprintSchema,
  takeFingerprint,
} from "../../../../lib/imaging/data/preparation/fingerprint.ts";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "../../../deps.ts";
import { tinyHeart } from "../tiny_heart.ts";

Deno.test("takeFingerprint() measures slices, foreground and its intensities", async () => {
  const { source, image, label } = tinyHeart();
  const found = await takeFingerprint([source, source]);
  assertEquals([found.cases, found.slices, found.windows.length], [2, 6, 1]);
  assertAlmostEquals(found.spacing.median, Math.hypot(1.732, 1), 1e-3);
  assert(found.foreground.width < found.slice.width && found.foreground.width > 10);
  const values = image.volume.data.filter((_, n) => label.data[n] !== 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  assertAlmostEquals(found.windows[0]!.mean, mean, 1e-6 * mean);
});

Deno.test("takeFingerprint() gives the phantom's grid", async () => {
  const { spacing, foreground } = await takeFingerprint(phantomCases("A", 1, 0));
  assert(spacing.median > 1 && spacing.median < 2);
  assert(foreground.width > 50 && foreground.width < 200, `${foreground.width} mm`);
});

/** 2 x 3 x 1 mm, stored from right to left, front to back, feet to head. */
const BLOCK: Affine = [2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** 8 x 6 x 5 voxels with two channels and a box of foreground, 3 x 2 voxels in slices along k. */
function box(ignored = 0, labelled = true): CaseSource {
  const shape = [8, 6, 5] as const, data = new Uint8Array(240);
  for (let n = 0; n < 240; n++) {
    const [i, j, k] = [n % 8, Math.floor(n / 8) % 6, Math.floor(n / 48)];
    if (i >= 2 && i < 5 && j >= 1 && j < 3 && k === 2) data[n] = 1;
    if (i === 7) data[n] = ignored;
  }
  const channel = (inside: number) => {
    const voxels = Float32Array.from(
      data,
      (value, n) => value === 1 ? inside + (n >> 3) % 2 : -900,
    );
    return imageOf({ data: voxels, shape, affine: BLOCK });
  };
  const images = [channel(40), channel(7)] as const;
  return {
    ...{ id: "b", subject: "b", frame: "1", domain: "b" },
    outline: () => Promise.resolve({ shape, affine: BLOCK, warnings: [] }),
    load: () =>
      Promise.resolve({ images, ...labelled && { label: { data, shape, affine: BLOCK } } }),
  };
}

Deno.test("takeFingerprint() measures along the axis of the slices, each channel by itself", async () => {
  assertEquals(spacingOf(BLOCK), [2, 3, 1]);
  const coarse = await takeFingerprint([box()]);
  // The coarsest axis is j, from the back to the front.
  assertEquals([coarse.direction, coarse.slices], ["A", 6]);
  assertEquals(coarse.spacing, { median: 1.5, least: 1, greatest: 2 });
  assertEquals(sides(coarse.foreground), [1, 6]);
  const along = await takeFingerprint([box()], { sliceAxis: 2 });
  assertEquals([along.direction, along.slices], ["S", 5]);
  assertEquals(along.spacing, { median: 2.5, least: 2, greatest: 3 });
  assertEquals([sides(along.slice), sides(along.foreground)], [[16, 18], [6, 6]]);
  assertEquals(along.windows.map(({ mean, deviation }) => [mean, deviation]), [
    [40.5, 0.5],
    [7.5, 0.5],
  ]);
  assert(along.windows[0]!.low >= 40 && along.windows[0]!.high <= 41);
  assertEquals(fingerprintSchema.parse(JSON.parse(JSON.stringify(along))), along);
});

Deno.test("takeFingerprint() takes no ignored voxel for foreground, and may find none at all", async () => {
  const { cases, ...plain } = await takeFingerprint([box()]);
  assertEquals(await takeFingerprint([box(255)]), { cases, ...plain });
  const { foreground, windows } = await takeFingerprint([box(0, false)]);
  assertEquals([foreground, windows], [{ width: 0, height: 0 }, []]);
});

Deno.test("takeFingerprint() reads 200 of many volumes, evenly", async () => {
  const { source } = tinyHeart(), read: number[] = [];
  const many = Array.from({ length: 500 }, (_, n) => ({
    ...source,
    load: () => (read.push(n), source.load()),
  }));
  assertEquals((await takeFingerprint(many)).cases, 200);
  assertEquals([read.length, read[0], read[1], read[2]], [200, 0, 2, 5]);
  assert(read.at(-1)! >= 497);
  await assertRejects(() => takeFingerprint([]), RangeError, "there is no case");
});

function sides({ width, height }: { width: number; height: number }): number[] {
  return [width, height].sort((a, b) => a - b);
}
