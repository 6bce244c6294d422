import { greysOf } from "../../../base/report/grey.ts";
import { escapeHtml } from "../../../base/deps/std.ts";
import { encodePng } from "../../../base/deps/png.ts";
import type { HardExampleRecord, MaskRecord } from "../../../formats/run_folder/hard_example.ts";
import { methodTitle } from "../results/summarise.ts";
import { figureHtml, legendHtml, type Section } from "../../../base/pages/markup.ts";
import { cropAround, type Outline, outlinedSliceSvg } from "../../../base/pages/outlined_slice.ts";
import type { PageData } from "./page_data.ts";

/** Hard examples and masks as training went on; undefined where none were kept. */
export function hardExampleSection({ summary, runs }: PageData): Section | undefined {
  const shown = summary.plan.methods.flatMap((method) => {
    const run = runs.findLast(({ job, hardMoments }) =>
      job.method === method && hardMoments.length > 0
    );
    return run === undefined ? [] : [{ title: methodTitle(method), moments: run.hardMoments }];
  });
  if (shown.length === 0) return undefined;
  const legend = legendHtml([
    { name: "label", color: "var(--label)" },
    { name: "corrupted segmentation", color: "var(--hard)" },
  ]);
  const strips = shown.map(({ title, moments }) =>
    `<h3>${escapeHtml(title)}</h3><div class="strip">${strip(moments)}</div>`
  );
  const examples = figureHtml(
    legend + strips.join("\n"),
    "one slice, of a validation subject where there is one: first as it is with its label, then what each method " +
      "makes of it after so many steps. A method that masks the shape code corrupts the segmentation too; " +
      "one that leaves images alone shows the clean one.",
  );
  const masked = shown.filter(({ moments }) => moments.some(({ masks }) => masks));
  const masks = masked.length === 0 ? "" : `<h3>Masks of the codes</h3>${
    figureHtml(
      masked.map(({ title, moments }) => maskRows(title, moments)).join("\n"),
      "what the codes of that slice were multiplied by: white is kept, black is 0. A strip has a " +
        "cell a channel, a square a cell a position. The same random draws at each moment, so " +
        "what changes is what the gradients point at.",
    )
  }`;
  return {
    id: "hard-examples",
    title: "Hard examples during training",
    body: examples + masks,
  };
}

function strip(moments: readonly HardExampleRecord[]): string {
  const first = moments[0]!, { height, width } = first, pixels = height * width;
  const slice = (text: string) => Uint8Array.fromBase64(text).slice(0, pixels);
  const [clean, label] = [slice(first.images), slice(first.labels)];
  const crop = cropAround([label], { height, width }, Math.round(Math.min(height, width) / 2));
  const view = (caption: string, image: Uint8Array, outlines: readonly Outline[]) =>
    `<figure>${
      outlinedSliceSvg({
        label: caption,
        image,
        width,
        crop,
        outlines,
      })
    }<figcaption>${caption}</figcaption></figure>`;
  return [
    view("clean", clean, [{ classes: label, style: "label" }]),
    ...moments.map(({ step, corrupted, segmentation }) =>
      view(
        `step ${step}`,
        corrupted === undefined ? clean : slice(corrupted),
        segmentation === undefined ? [] : [{ classes: slice(segmentation), style: "hard" }],
      )
    ),
  ].join("\n");
}

function maskRows(title: string, moments: readonly HardExampleRecord[]): string {
  const rows = (["image", "shape"] as const).flatMap((code) => {
    const masks = moments.flatMap(({ step, masks }) => {
      const mask = masks?.[code];
      return mask === undefined ? [] : [{ step, mask }];
    });
    if (masks.length === 0) return [];
    const figures = masks.map(({ step, mask }) =>
      `<figure>${maskPicture(mask, `${code} code at step ${step}`)}<figcaption>step ${step}, ${
        escapeHtml(mask.scheme)
      }</figcaption></figure>`
    );
    return [
      `<p>${escapeHtml(title)}, ${code} code</p><div class="strip">${figures.join("")}</div>`,
    ];
  });
  return rows.join("\n");
}

/** The mask of the first slice: a cell a channel in one row, or a cell a position. */
function maskPicture({ values, shape }: MaskRecord, label: string): string {
  const [, rows = 1, columns = 1, channels = 1] = shape;
  const [width, height] = channels > 1 && rows * columns === 1 ? [channels, 1] : [columns, rows];
  const cells = values.slice(0, width * height);
  const data = greysOf(cells);
  const png = encodePng({ width, height, data, channels: 1, depth: 8 });
  return `<img class="mask${height > 1 ? " square" : ""}" alt="mask of the ${escapeHtml(label)}" ` +
    `src="data:image/png;base64,${png.toBase64()}">`;
}
