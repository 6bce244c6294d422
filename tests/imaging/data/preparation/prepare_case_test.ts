import { assert, assertEquals, assertRejects, assertThrows } from "../../../deps.ts";
import { fieldSize, prepareCase } from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { dice } from "../../../../lib/imaging/metrics/dice.ts";
import { withVoxels } from "../../../../lib/formats/nifti/nifti_image.ts";
import { orient } from "../../../../lib/base/volume/orientation.ts";
import { tinyHeart } from "../tiny_heart.ts";

Deno.test("prepareCase() gives slices of one size, each from 0 to 1", async () => {
  const prepared = await prepareCase(tinyHeart().source, { size: 32, spacing: 1.4 });
  assertEquals([prepared.size, prepared.slices, prepared.field.size], [32, 3, fieldSize(32)]);
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
  const options = { size: 32, spacing: 1.1 };
  const expected = await prepareCase(source, options);
  for (let way = 0; way < 8; way++) {
    const turn = { transpose: way > 3, flipI: (way & 1) > 0, flipJ: (way & 2) > 0 };
    const stored = {
      image: { ...image, volume: orient(image.volume, turn) },
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
  const whole = await prepareCase(source, { size: 32, spacing: Math.hypot(1.732, 1) });
  assertEquals(whole.restore(whole.labels!).data, label.data);
  const cut = await prepareCase(source, { size: 16, spacing: Math.hypot(1.732, 1) });
  const ones = cut.restore(new Uint8Array(3 * 256).fill(1));
  assertEquals(ones.data.reduce((sum, value) => sum + value, 0), 3 * 256);
});

Deno.test("prepareCase() refuses a size that is no multiple of 16, and restore() other lengths", async () => {
  for (const size of [0, 24, 100.5]) {
    await assertRejects(() => prepareCase(tinyHeart().source, { size }), RangeError, `is ${size}`);
  }
  const prepared = await prepareCase(tinyHeart().source, { size: 16 });
  assertThrows(() => prepared.restore(new Uint8Array(256)), TypeError, "got 256 labels");
});
