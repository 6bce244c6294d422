import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { channelsFirst } from "../../imaging/data/batches/channels_last.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { lossCurves } from "../../base/report/loss_curves.ts";
import { type SlicePanel, sliceSheet } from "../../base/report/slice_sheet.ts";
import { svgPng } from "../../base/report/svg_png.ts";
import { networksOf } from "../../learning/models/by_network.ts";
import { middleOf, middleSlices } from "../../imaging/data/batches/middle_slices.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import { readStepLog } from "../../formats/run_folder/step_log.ts";
import type { HardExample } from "../../learning/training/stepper.ts";
import type { Segmenter } from "../../learning/models/segmenter.ts";
import type { Batch } from "../../imaging/data/batches/batch.ts";

/** Cases on the sheet at most. */
const MAX_ROWS = 4;

/** What a run has to show. */
export interface ShownRun {
  readonly segmenter: Pick<Segmenter, "segment">;
  /** What the method makes of a batch to learn from. */
  readonly hardExample: (batch: Batch) => HardExample;
  readonly data: RunData;
}

/**
 * Draws a run's `loss_curves.png` from its log and `slices.png` from cases with labels.
 *
 * @param cases At least two, as {@linkcode spread} takes them, or none.
 * @throws {WriteError} If the disk refuses.
 */
export async function drawRun(
  folder: RunFolder,
  cases: readonly PreparedCase[],
  run: ShownRun,
): Promise<void> {
  await writeAtomically(folder.lossCurves, await svgPng(lossCurves(await readStepLog(folder.log))));
  const labelled = cases.filter(({ labels }) => labels !== undefined);
  if (labelled.length > 0) {
    await writeAtomically(folder.slices, await svgPng(drawSlices(labelled, run)));
  }
}

/**
 * A sheet of the middle slices of cases of one size: what goes in, and what the networks make, as far
 * as the method has them.
 */
function drawSlices(
  cases: readonly PreparedCase[],
  { segmenter, hardExample, data: { task, preparation } }: ShownRun,
): string {
  const batch = middleSlices(cases, preparation.size), { labels, height, width, channels } = batch;
  const pixels = height * width;
  const planes = channelsFirst(batch.images, channels, pixels);
  const images = firstChannels(planes, channels, pixels);
  const at = <T extends Float32Array | Uint8Array>(data: T, n: number): T =>
    data.slice(n * pixels, (n + 1) * pixels) as T;

  const result = segmenter.segment({
    images: planes,
    slices: cases.length,
    ...{ channels, height, width },
  }, { reconstruction: true });
  const hard = hardExample(batch);
  const networks = networksOf(result);
  const masks = networks.map((network) => result[network]!);
  const { reconstruction } = result, { image: corrupted } = hard;
  const more: (readonly [string, Float32Array])[] = [
    ...(reconstruction
      ? [["reconstruction", firstChannels(reconstruction, channels, pixels)] as const]
      : []),
    ...(corrupted
      ? [
        [
          "hard example",
          firstChannels(channelsFirst(corrupted, channels, pixels), channels, pixels),
        ] as const,
      ]
      : []),
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
    height,
    width,
    columns: [
      ...["image", "label"],
      ...networks.map((network) => network.toUpperCase()),
      ...more.map(([title]) => title),
    ],
    rows,
    classes: task.labels.slice(1),
  });
}

/** The first channel of slices `[slices, channels, pixels]`: the one that is drawn. */
function firstChannels(planes: Float32Array, channels: number, pixels: number): Float32Array {
  if (channels === 1) return planes;
  const slices = planes.length / (channels * pixels);
  const result = new Float32Array(slices * pixels);
  for (let n = 0; n < slices; n++) {
    const from = n * channels * pixels;
    result.set(planes.subarray(from, from + pixels), n * pixels);
  }
  return result;
}

/** Some of the cases, evenly from first to last; at least two, since hard examples want a batch. */
export function spread<T>(cases: readonly T[]): T[] {
  const count = Math.min(MAX_ROWS, cases.length);
  if (cases.length === 1) return [cases[0]!, cases[0]!];
  return Array.from(
    { length: count },
    (_, n) => cases[Math.round(n * (cases.length - 1) / (count - 1))]!,
  );
}
