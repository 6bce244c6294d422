import { square } from "../../../../lib/base/volume/slice_size.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { fieldSize, prepareCase } from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { dice } from "../../../../lib/imaging/metrics/dice.ts";
import { withVoxels } from "../../../../lib/formats/nifti/nifti_image.ts";
import { orient } from "../../../../lib/base/volume/orientation.ts";
import { unstackFrom } from "../../../../lib/base/volume/slice_axis.ts";
import { tinyHeart } from "../tiny_heart.ts";

Deno.test("prepareCase() gives slices of one size, each from 0 to 1", async () => {
  const prepared = await prepareCase(tinyHeart().source, { size: square(32), spacing: 1.4 });
  assertEquals([prepared.height, prepared.width, prepared.slices, prepared.field.height], [
    32,
    32,
    3,
    fieldSize(square(32)).height,
  ]);
  assertEquals(prepared.images.length, 3 * 32 * 32);
  assertEquals(prepared.field.images.length, 3 * 37 * 37);
  for (let k = 0; k < 3; k++) {
    const slice = prepared.images.subarray(k * 1024, (k + 1) * 1024);
    assertEquals([Math.min(...slice), Math.max(...slice)], [0, 1]);
  }
  assertEquals(new Set(prepared.labels), new Set([0, 1, 2, 3]));
});

Deno.test("prepareCase() shows the same slices however the file stores them, and restores its own", async () => {
  const { image, label, source } = tinyHeart();
  const options = { size: square(32), spacing: 1.1 };
  const expected = await prepareCase(source, options);
  for (let way = 0; way < 8; way++) {
    const turn = { transpose: way > 3, flipI: (way & 1) > 0, flipJ: (way & 2) > 0 };
    const stored = {
      images: [{ ...image, volume: orient(image.volume, turn) }] as const,
      label: orient(label, turn),
    };
    const turned = { ...source, load: () => Promise.resolve(stored) };
    const prepared = await prepareCase(turned, options);
    assertEquals(prepared.images, expected.images);
    assertEquals(prepared.labels!, expected.labels!);
    const back = prepared.restore(prepared.labels!);
    assertEquals([back.shape, back.affine], [stored.label.shape, stored.label.affine]);
    for (const c of [1, 2, 3]) assert(dice(back.data, stored.label.data, c) > 0.95);
    assertEquals(withVoxels(prepared.reference.image, back.data).header.datatype, "uint8");
  }
});

Deno.test("prepareCase() restores labels exactly at the case's own spacing, background outside", async () => {
  const { source, label } = tinyHeart();
  const whole = await prepareCase(source, { size: square(32), spacing: Math.hypot(1.732, 1) });
  assertEquals(whole.restore(whole.labels!).data, label.data);
  const cut = await prepareCase(source, { size: square(16), spacing: Math.hypot(1.732, 1) });
  const ones = cut.restore(new Uint8Array(3 * 256).fill(1));
  assertEquals(ones.data.reduce((sum, value) => sum + value, 0), 3 * 256);
});

Deno.test("prepareCase() refuses a size that is no multiple of 16, and restore() other lengths", async () => {
  for (const size of [0, 24, 100.5]) {
    await assertRejects(
      () => prepareCase(tinyHeart().source, { size: square(size) }),
      RangeError,
      `is ${size} x`,
    );
  }
  const prepared = await prepareCase(tinyHeart().source, { size: square(16) });
  assertThrows(() => prepared.restore(new Uint8Array(256)), TypeError, "got 256 labels");
});

Deno.test("prepareCase() shows the same slices whichever axis they are stacked along, and restores", async () => {
  const { image, label, source } = tinyHeart();
  const options = { size: { height: 16, width: 32 }, spacing: 2 };
  const expected = await prepareCase(source, options);
  for (const axis of [0, 1] as const) {
    const volume = unstackFrom(image.volume, axis), moved = unstackFrom(label, axis);
    const stored = { images: [{ ...image, volume }] as const, label: moved };
    const prepared = await prepareCase({ ...source, load: () => Promise.resolve(stored) }, options);
    assertEquals([prepared.images, prepared.labels], [expected.images, expected.labels]);
    const back = prepared.restore(prepared.labels!);
    assertEquals([back.shape, back.affine], [moved.shape, moved.affine]);
    assertEquals(back, unstackFrom(expected.restore(expected.labels!), axis));
  }
});

Deno.test("prepareCase() keeps larger slices whole for tiles, and pads smaller ones", async () => {
  const { source, label } = tinyHeart();
  const spacing = Math.hypot(1.732, 1);
  const options = { size: square(16), spacing, larger: "tiles" } as const;
  const prepared = await prepareCase(source, options);
  assertEquals([prepared.height, prepared.width].sort(), [20, 24]);
  assertEquals(prepared.restore(prepared.labels!).data, label.data);
  const padded = await prepareCase(source, { ...options, size: square(32) });
  assertEquals([padded.height, padded.width], [32, 32]);
});

Deno.test("prepareCase() puts channels side by side, each scaled by itself", async () => {
  const { image, label, source } = tinyHeart();
  const dark = { ...image, volume: { ...image.volume, data: image.volume.data.map((v) => 7 - v) } };
  const loaded = { images: [image, dark] as const, label };
  const both = { ...source, load: () => Promise.resolve(loaded) };
  const one = await prepareCase(source, { size: square(16) });
  const two = await prepareCase(both, { size: square(16) });
  assertEquals([two.channels, two.images.length], [2, 2 * one.images.length]);
  for (let k = 0; k < 3; k++) {
    const plane = (channel: number) =>
      two.images.subarray((2 * k + channel) * 256, (2 * k + channel + 1) * 256);
    assertEquals(plane(0), one.images.subarray(k * 256, (k + 1) * 256));
    plane(1).forEach((value, n) => assertAlmostEquals(value, 1 - plane(0)[n]!, 1e-5));
  }
});

Deno.test("prepareCase() refuses a spacing that makes slices which no memory holds", async () => {
  await assertRejects(
    () => prepareCase(tinyHeart().source, { spacing: 1e-4 }),
    DatasetError,
    "spacing is 0.0001 mm",
  );
});
