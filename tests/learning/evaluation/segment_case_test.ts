import { assert, assertAlmostEquals, assertEquals, assertRejects } from "../../deps.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { prepareCase } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import { IGNORED } from "../../../lib/base/task/task.ts";
import { MNMS_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import { classDice } from "../../../lib/learning/evaluation/class_dice.ts";
import { scoredLabels } from "../../../lib/learning/evaluation/scored_labels.ts";
import { segmentCase } from "../../../lib/learning/evaluation/segment_case.ts";
import type { SliceStack } from "../../../lib/learning/models/segmenter.ts";
import { tinyHeart } from "../../imaging/data/tiny_heart.ts";

const { label, source } = tinyHeart();
const prepared = await prepareCase(source, { size: square(32), spacing: 1.6 });
const segmenter = {
  segment: ({ images }: SliceStack) => ({
    ftn: prepared.labels!.slice(),
    stn: new Uint8Array(images.length),
    reconstruction: images.map((value) => value + 0.5),
    entropy: Float32Array.of(0, 0.25, 0.5),
  }),
};

function assertSpacing(spacing: readonly number[], wanted: readonly number[]): void {
  // the oblique affine is written to three digits
  spacing.forEach((mm, axis) => assertAlmostEquals(mm, wanted[axis]!, 1e-3));
}

Deno.test("segmentCase() compares in the file's own voxels, with their spacing", async () => {
  const { truth, ftn, stn, grid } = await segmentCase(segmenter, prepared, "native");
  assertEquals(truth, label.data);
  assertEquals(grid.shape, [24, 20, 3]);
  assertSpacing(grid.spacing, [2, 2, 8]);
  assertEquals([ftn.length, stn!.length], [1440, 1440]);
  const wrong = ftn.filter((value, n) => value !== truth[n]).length;
  assert(wrong < 30, `${wrong} voxels differ`);
});

Deno.test("segmentCase() compares on the network's grid, with its spacing", async () => {
  const { truth, ftn, stn, grid } = await segmentCase(segmenter, prepared, "network");
  assertEquals(ftn, truth);
  assertEquals(grid.shape, [32, 32, 3]);
  assertSpacing(grid.spacing, [1.6, 1.6, 8]);
  assert(stn!.every((value) => value === 0));
});

Deno.test("segmentCase() averages entropy and reconstruction error over the prepared slices", async () => {
  const { entropy, reconstructionError } = await segmentCase(segmenter, prepared, "network");
  assertEquals(entropy, 0.25);
  assertAlmostEquals(reconstructionError!, 0.25, 1e-6);
});

Deno.test("segmentCase() brings each pass of the slow-thinking network to the grid", async () => {
  const segment = (stack: SliceStack, request = {}) => {
    const { slices, height, width } = stack;
    const wanted = { refinements: 2, entropy: true, reconstruction: true };
    assertEquals([slices, height, width, request], [3, 32, 32, wanted]);
    return { ...segmenter.segment(stack), passes: [prepared.labels!, prepared.labels!.slice()] };
  };
  const { ftn, passes } = await segmentCase({ segment }, prepared, "native", 2);
  assertEquals(passes, [ftn, ftn]);
});

Deno.test("segmentCase() refuses a volume without a label", async () => {
  const { labels: _, reference: { image }, ...rest } = prepared;
  const bare = { ...rest, reference: { image } };
  for (const grid of ["native", "network"] as const) {
    await assertRejects(() => segmentCase(segmenter, bare, grid), DatasetError, "heart_ED");
  }
});

Deno.test("segmentCase() takes what nobody labelled as neither right nor wrong", async () => {
  // The RV is not labelled, and so is every voxel of the first slice.
  const partly = label.data.map((value, n) => value === 3 || n < 480 ? IGNORED : value);
  const known = await prepareCase({
    ...source,
    load: async () => ({ ...await source.load(), label: { ...label, data: partly } }),
  }, { size: square(32), spacing: 1.6 });
  const labels = scoredLabels(MNMS_TASK);
  for (const grid of ["native", "network"] as const) {
    const { truth, ftn, stn, passes } = await segmentCase(
      {
        segment: (stack) => ({
          ...segmenter.segment(stack),
          passes: [prepared.labels!, new Uint8Array(stack.images.length).fill(1)],
        }),
      },
      known,
      grid,
    );
    assert(truth.includes(IGNORED), grid);
    for (const mask of [ftn, stn!, ...passes!]) {
      assert(mask.every((value, n) => (value === IGNORED) === (truth[n] === IGNORED)), grid);
    }
    const byLabel = classDice(ftn, truth, labels);
    assertEquals(byLabel["RV"], null, "its RV counts as wrong");
    if (grid === "network") assertEquals(byLabel, { LV: 1, MYO: 1, RV: null });
    assertEquals(classDice(stn!, truth, labels)["LV"], 0);
  }
});
