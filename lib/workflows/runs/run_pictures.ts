import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { CLASS_NAMES } from "../../imaging/data/cases/label_codes.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { lossCurves } from "../../base/report/loss_curves.ts";
import { type SlicePanel, sliceSheet } from "../../base/report/slice_sheet.ts";
import { networksOf } from "../../learning/models/by_network.ts";
import { middleOf, middleSlices } from "../../imaging/data/batches/middle_slices.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import { segmentStack } from "../../learning/evaluation/segment_stack.ts";
import { readStepLog } from "../../formats/run_folder/step_log.ts";
import type { Stepper } from "../../learning/training/stepper.ts";

/** Cases on the sheet at most. */
const MAX_ROWS = 4;

/**
 * Draws a run's `loss_curves.png` from its log and `slices.png` from cases with labels.
 *
 * @param rng Draws the masks of the hard examples.
 * @throws {WriteError} If the disk refuses.
 */
export async function drawRun(
  folder: RunFolder,
  stepper: Stepper,
  cases: readonly PreparedCase[],
  rng: RandomStream,
): Promise<void> {
  await writeAtomically(folder.lossCurves, lossCurves(await readStepLog(folder.log)));
  const labelled = cases.filter(({ labels }) => labels !== undefined);
  if (labelled.length > 0) {
    await writeAtomically(folder.slices, drawSlices(stepper, spread(labelled), rng));
  }
}

/**
 * A sheet of the middle slices of cases of one size: what goes in, and what the networks make, as far
 * as the method has them.
 */
function drawSlices(
  stepper: Stepper,
  cases: readonly PreparedCase[],
  rng: RandomStream,
): Uint8Array {
  const batch = middleSlices(cases), { images, labels, size } = batch;
  const pixels = size * size;
  const at = <T extends Float32Array | Uint8Array>(data: T, n: number): T =>
    data.slice(n * pixels, (n + 1) * pixels) as T;

  const result = segmentStack(stepper, { images, slices: cases.length, size }, cases.length);
  const hard = stepper.hardExample(batch, rng);
  const networks = networksOf(result);
  const masks = networks.map((network) => result[network]!);
  const { reconstruction } = result, { image: corrupted } = hard;
  const more: (readonly [string, Float32Array])[] = [
    ...(reconstruction ? [["reconstruction", reconstruction] as const] : []),
    ...(corrupted ? [["hard example", corrupted] as const] : []),
  ];

  const rows = cases.map((stack, n) => {
    const image = at(images, n);
    const panels: SlicePanel[] = [
      { image },
      { image, labels: at(labels, n) },
      ...masks.map((mask) => ({ image, labels: at(mask, n) })),
      ...more.map(([, pixels]) => ({ image: at(pixels, n) })),
    ];
    return { caption: `${stack.id}, slice ${middleOf(stack) + 1} of ${stack.slices}`, panels };
  });
  return sliceSheet({
    title: "Subjects not trained on",
    size,
    columns: [
      ...["image", "label"],
      ...networks.map((network) => network.toUpperCase()),
      ...more.map(([title]) => title),
    ],
    rows,
    classNames: CLASS_NAMES.slice(1),
  });
}

/** Some of the cases, evenly from first to last; at least two, since hard examples want a batch. */
function spread(cases: readonly PreparedCase[]): PreparedCase[] {
  const count = Math.min(MAX_ROWS, cases.length);
  if (cases.length === 1) return [cases[0]!, cases[0]!];
  return Array.from(
    { length: count },
    (_, n) => cases[Math.round(n * (cases.length - 1) / (count - 1))]!,
  );
}
