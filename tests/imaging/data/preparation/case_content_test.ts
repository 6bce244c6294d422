import { assert, assertEquals } from "../../../deps.ts";
import { IGNORED } from "../../../../lib/base/task/task.ts";
import { scalingAffine } from "../../../../lib/base/volume/affine.ts";
import { square } from "../../../../lib/base/volume/slice_size.ts";
import type { Voxels } from "../../../../lib/base/volume/volume.ts";
import { imageOf } from "../../../../lib/formats/nifti/nifti_image.ts";
import type { CaseSource } from "../../../../lib/imaging/data/cases/case_source.ts";
import {
  classesOf,
  imageContent,
  shareCutAway,
} from "../../../../lib/imaging/data/preparation/case_content.ts";
import {
  preparationSchema,
  prepareVoxels,
} from "../../../../lib/imaging/data/preparation/prepare_case.ts";

const image = (data: Voxels, side = 2) =>
  imageOf(
    { data, shape: [side, 2, 1] as const, affine: scalingAffine([side, 1, 8]) },
    `of ${side}`,
  );

Deno.test("imageContent() is of the voxels, whatever their datatype and header", async () => {
  const content = (data: Voxels, side?: number) => imageContent({ images: [image(data, side)] });
  const known = await content(Int16Array.of(1, 2, 3, 4));
  assertEquals(known, await content(Float64Array.of(1, 2, 3, 4)));
  assertEquals(known.length, 32);
  assert(known !== await content(Int16Array.of(1, 2, 4, 3)));
  const long = await content(Int16Array.of(1, 2, 3, 4, 0, 0), 3);
  assert(long !== await content(Int16Array.of(1, 2, 3, 4, 0, 1), 3));
  const two = [image(Int16Array.of(1, 2, 3, 4)), image(Int16Array.of(5, 6, 7, 8))] as const;
  assert(await imageContent({ images: two }) !== await imageContent({ images: [two[1], two[0]] }));
});

Deno.test("classesOf() leaves out background and what nobody labelled", () => {
  assertEquals(classesOf({ data: Uint8Array.of(3, 0, IGNORED, 1, 3) }), [1, 3]);
});

Deno.test("shareCutAway() is of the foreground alone, 0 where there is none", () => {
  assertEquals(shareCutAway(Uint8Array.of(1, 2, 0, IGNORED), Uint8Array.of(1, 0)), 0.5);
  assertEquals(shareCutAway(Uint8Array.of(0, 0), Uint8Array.of(0)), 0);
});

Deno.test("a prepared case tells what a crop cuts away of it, and tiles cut nothing", async () => {
  const side = 64, data = new Uint8Array(side * side);
  // One pixel in a corner, and three in the middle.
  data[0] = 1;
  for (let n = 0; n < 3; n++) data[side * side / 2 + side / 2 + n] = 2;
  const grid = { shape: [side, side, 1] as const, affine: scalingAffine([1, 1, 8]) };
  const source: CaseSource = {
    ...{ id: "a", subject: "a", frame: "1", domain: "x" },
    outline: () => Promise.resolve({ ...grid, warnings: [] }),
    load: () =>
      Promise.resolve({
        images: [imageOf({ data: Float32Array.from(data, (value) => value), ...grid })] as const,
        label: { data, ...grid },
      }),
  };
  const how = { ...preparationSchema.parse({}), size: square(32), spacing: 1 };
  const { content } = await prepareVoxels(source, how);
  assertEquals([content.classes, content.cutAway], [[1, 2], 0.25]);
  const whole = await prepareVoxels(source, { ...how, larger: "tiles" });
  assertEquals([whole.content.cutAway, whole.content.image], [0, content.image]);
});
