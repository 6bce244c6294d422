import { escapeHtml } from "../../../base/deps/std.ts";
import { scoreText } from "../../../base/report/number_text.ts";
import type { PageCase } from "../results/kept_cases.ts";
import { methodTitle } from "../results/summarise.ts";
import { capital } from "./chart_parts.ts";
import { figureHtml, legendHtml, type Section } from "../../../base/pages/markup.ts";
import { focusMethod } from "./method_look.ts";
import { cropAround, outlinedSliceSvg } from "../../../base/pages/outlined_slice.ts";
import type { PageData } from "./page_data.ts";

/** Sides of a cropped slice below which a picture looks coarse. */
const LEAST_SIDE = 40;

/** The best, the median and the worst case of the reference and of the focus. */
export function caseSection({ summary, runs }: PageData): Section | undefined {
  const { methods } = summary.plan;
  const shown = [...new Set([methods[0]!, focusMethod(methods)])].flatMap((method) => {
    const run = runs.findLast(({ job, cases }) => job.method === method && cases.length > 0);
    return run === undefined ? [] : [run];
  });
  if (shown.length === 0) return undefined;
  const legend = legendHtml([
    { name: "label", color: "var(--label)" },
    { name: "FTN", color: "var(--ftn)" },
    { name: "STN", color: "var(--stn)" },
  ]);
  const body = shown.map((run) =>
    `<h3>${escapeHtml(methodTitle(run.job.method))}</h3><div class="cases">${
      run.cases.map(caseFigure).join("\n")
    }</div>`
  );
  return {
    id: "cases",
    title: "Best, median and worst cases",
    body: figureHtml(
      legend + body.join("\n"),
      "of one run of each method, volumes picked by the mean Dice of the fast-thinking network " +
        "over all test sets; the slice with the most foreground, cropped. On the left the " +
        "fast-thinking network over the label, on the right the slow-thinking one.",
    ),
  };
}

function caseFigure(one: PageCase): string {
  const { role, set, id, dice, slice, slices, height, width } = one;
  const bytes = (text: string) => Uint8Array.fromBase64(text);
  const [image, label, ftn] = [bytes(one.image), bytes(one.label), bytes(one.ftn)];
  const stn = one.stn === undefined ? undefined : bytes(one.stn);
  const crop = cropAround([label, ftn, ...(stn ? [stn] : [])], { height, width }, LEAST_SIDE);
  const view = (classes: Uint8Array, network: "ftn" | "stn") =>
    outlinedSliceSvg({
      label: `${id} of ${set}: label and ${network.toUpperCase()}`,
      image,
      width,
      crop,
      outlines: [{ classes: label, style: "label" }, { classes, style: network }],
    });
  const scores = [
    `FTN ${scoreText(dice.ftn)}`,
    ...(dice.stn === undefined ? [] : [`STN ${scoreText(dice.stn)}`]),
  ];
  return `<figure class="case"><div class="pair">${view(ftn, "ftn")}${
    stn ? view(stn, "stn") : ""
  }</div><figcaption><b>${capital(role)}</b>: ${escapeHtml(id)}, ${escapeHtml(set)}, slice ${
    slice + 1
  } of ${slices}. Dice of the volume: ${scores.join(", ")}.</figcaption></figure>`;
}
