import { assertAlmostEquals, assertEquals, assertRejects } from "../../deps.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import type { CaseSource } from "../../../lib/imaging/data/cases/case_source.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { prepareCase } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import { findPostprocessing } from "../../../lib/learning/prediction/find_postprocessing.ts";
import type { SliceStack } from "../../../lib/learning/models/segmenter.ts";

const affine = scalingAffine([-1, -1, 5]), shape = [32, 32, 1] as const;
const task = {
  labels: ["background", "whole", "pair"].map((name, n) => ({ name, codes: [n] })),
  channels: [{ name: "MRI" }],
};

/** A label map of rectangles `[class, x, y, width, height]`. */
function map(...boxes: [number, number, number, number, number][]): Uint8Array {
  const data = new Uint8Array(32 * 32);
  for (const [value, x, y, w, h] of boxes) {
    for (let n = 0; n < w * h; n++) data[x + n % w + 32 * (y + Math.floor(n / w))] = value;
  }
  return data;
}

/** Class 1 is in one piece, class 2 in two of one size. */
const truth = map([1, 4, 4, 8, 8], [2, 4, 20, 4, 4], [2, 20, 20, 4, 4]);

function caseOf(id: string, label?: Uint8Array): CaseSource {
  const image = imageOf({ data: Float32Array.from(truth), shape, affine });
  return {
    ...{ id, subject: id, frame: "", domain: "" },
    outline: () => Promise.resolve({ shape, affine, warnings: [] }),
    load: () =>
      Promise.resolve({
        images: [image],
        ...label && { label: { data: label, shape, affine } },
      }),
  };
}

const prepare = (source: CaseSource) =>
  prepareCase(source, { size: { height: 32, width: 32 }, spacing: 1, clip: [0, 100] });

/** The truth with a stray piece of class 1; the slow-thinking network sees none of class 2. */
const segmenter = {
  segment: ({ slices }: SliceStack) => ({
    ftn: map([1, 4, 4, 8, 8], [2, 4, 20, 4, 4], [2, 20, 20, 4, 4], [1, 28, 2, 2, 2]),
    stn: map([1, 4, 4, 8, 8]),
    entropy: new Float32Array(slices).fill(0.25),
  }),
};

Deno.test("findPostprocessing() keeps the largest piece where the Dice does not fall", async () => {
  const cases = [caseOf("a", truth), caseOf("b", truth)];
  const { networks, ...found } = await findPostprocessing(segmenter, cases, prepare, task, 0.7);
  assertEquals(found, { cases: 2, connectivity: 26, badDice: 0.7 });
  const [whole, pair] = networks.ftn.labels;
  assertAlmostEquals(whole!.dice!, 2 * 64 / (64 + 68));
  assertEquals([whole!.largestDice, whole!.inPieces, whole!.keepLargest], [1, 2, true]);
  assertAlmostEquals(pair!.largestDice!, 2 * 16 / (16 + 32));
  assertEquals([pair!.dice, pair!.inPieces, pair!.keepLargest], [1, 2, false]);
  // Neither one piece nor none is any worse for it.
  assertEquals(networks.stn!.labels.map(({ keepLargest }) => keepLargest), [true, true]);
});

Deno.test("findPostprocessing() tells from where on to look at a volume", async () => {
  const { networks: { ftn, stn } } = await findPostprocessing(
    ...[segmenter, [caseOf("a", truth)], prepare, task, 0.7] as const,
  );
  assertEquals([ftn.bad, stn!.bad], [0, 1]);
  assertEquals(ftn.flags.entropy, { threshold: 0.25, auroc: null });
  const disagreement = 1 - (2 * 64 / (64 + 68) + 0) / 2;
  assertAlmostEquals(ftn.flags.disagreement!.threshold!, disagreement);
  assertEquals(stn!.flags.disagreement, { threshold: null, auroc: null });
});

Deno.test("findPostprocessing() refuses a case without a label", async () => {
  await assertRejects(
    () => findPostprocessing(segmenter, [caseOf("a")], prepare, task, 0.7),
    DatasetError,
    "Cannot postprocess by a: it has no label",
  );
});
