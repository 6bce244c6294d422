import { assert, assertEquals } from "../../../deps.ts";
import { square } from "../../../../lib/base/volume/slice_size.ts";
import { phantomCases } from "../../../../lib/imaging/data/cases/phantom_cases.ts";
import { MNMS_TASK } from "../../../../lib/imaging/data/layouts/cardiac.ts";
import {
  preparationSchema,
  prepareImages,
} from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { restoreLabels } from "../../../../lib/imaging/data/preparation/restore_grid.ts";
import { segmentExported } from "../../../../lib/workflows/challenge/models/segment_exported.ts";
import type { RunModel } from "../../../../lib/workflows/challenge/models/segment_tiles.ts";
import type { ModelRecord } from "../../../../lib/workflows/exchange/model_record.ts";

const [source] = phantomCases("A", 1, 0);
const { images } = await source!.load();

Deno.test("segmentExported() keeps the largest piece where validation chose so", async () => {
  const preparation = { ...preparationSchema.parse({}), ...{ size: square(32), spacing: 6 } };
  // class 1 in two corners of each slice, the first of them larger
  const run: RunModel = ({ shape: [count] }) => {
    const data = new Float32Array(count! * 4 * 1024);
    for (let n = 0; n < count!; n++) {
      for (let o = 0; o < 1024; o++) {
        const [x, y] = [o % 32, o >> 5], first = x < 12 && y < 12, second = x > 24 && y > 24;
        data[(n * 4 + (first || second ? 1 : 0)) * 1024 + o] = 1;
      }
    }
    return Promise.resolve({ data, shape: [count!, 4, 32, 32] });
  };
  const label = { dice: 1, largestDice: 1, inPieces: 1 };
  const saved = (keepLargest: boolean) => ({
    data: { task: MNMS_TASK, preparation },
    postprocessing: {
      connectivity: 26,
      networks: { ftn: { labels: [{ name: "LV", ...label, keepLargest }] } },
    },
  } as unknown as ModelRecord);
  const [all, largest] = [
    await segmentExported(source!, images, saved(false), run),
    await segmentExported(source!, images, saved(true), run),
  ].map(({ data }) => data.filter((value) => value === 1).length);
  assert(largest! > 0 && largest! < all!, `${largest} of ${all} voxels stay`);
});

Deno.test("segmentExported() gives tiles the classes of whole slices where only the pixel counts", async () => {
  for (const larger of ["crop", "tiles"] as const) {
    const preparation = {
      ...preparationSchema.parse({}),
      ...{ size: square(32), spacing: 2, larger },
    };
    const prepared = prepareImages(source!, images, preparation);
    const asked = new Set<string>();
    // As likely as an intensity is near to a class's.
    const run: RunModel = ({ data, shape }) => {
      const [count, , height, width] = shape as [number, number, number, number];
      const area = height * width;
      asked.add(`${height} x ${width}`);
      const logits = Float32Array.from({ length: count * 4 * area }, (_, n) => {
        const value = data[Math.floor(n / (4 * area)) * area + n % area]!;
        return -20 * (3 * value - Math.floor(n / area) % 4) ** 2;
      });
      return Promise.resolve({ data: logits, shape: [count, 4, height, width] });
    };
    const record = { data: { task: MNMS_TASK, preparation } } as unknown as ModelRecord;
    const found = await segmentExported(source!, images, record, run);
    const nearest = Uint8Array.from(prepared.images, (value) => Math.round(3 * value));
    const wanted = restoreLabels(prepared, nearest).data;
    assertEquals(found.shape, images[0].volume.shape);
    // A value halfway between two classes may go either way.
    const other = wanted.filter((value, n) => value !== found.data[n]).length;
    assert(other <= 1e-4 * wanted.length, `${other} voxels differ`);
    assert(larger === "crop" || prepared.width > 32);
    assertEquals([...asked], ["32 x 32"]);
  }
});
