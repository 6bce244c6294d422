/** The page on which a person sees what a suite did: an HTML file and the pictures beside it. */
import { escapeHtml } from "../../base/deps/std.ts";
import type { Task, TaskLabel } from "../../base/task/task.ts";
import type { SuiteManifest } from "../../imaging/artifacts/suites/manifest.ts";
import { encodePng } from "../../base/deps/png.ts";
import { classColour, cssColour } from "../../base/report/class_colours.ts";
import type { MadeVolume } from "./case_task.ts";
import { labelOutline } from "../../base/pages/label_outline.ts";
import type { SlicePicture } from "../../base/report/slice_picture.ts";
import { SUITE_PAGE_STYLE } from "./suite_page_style.ts";

/** The folder of the pictures, beside the page. */
export const PICTURES = "suite_pictures";

/** A page with the pictures that it shows as one comes to them. */
export interface SuitePage {
  readonly html: string;
  /** PNGs by their paths, as seen from the page. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/**
 * Makes the page: a section a set, in it clean beside corrupted slices with the label's outline,
 * the figures of merit, and the parameters. Of images of several channels the first is shown.
 *
 * @param manifest With the records of first channels alone.
 */
export function suitePage(
  manifest: SuiteManifest,
  made: readonly MadeVolume[],
  { labels, channels }: Pick<Task, "labels" | "channels">,
): SuitePage {
  const shared = new SharedParts();
  const sets = [...Map.groupBy(made, ({ entry }) => entry.set)];
  const sections = sets.map(([set, volumes]) => section(set, volumes, shared));
  const { suite, seed, repeats, madeBy, volumes } = manifest;
  const missing = made.filter(({ pictures }) => pictures === undefined).length;
  const cases = new Set(volumes.map((entry) => entry.case)).size;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Suite ${escapeHtml(suite)}</title>
<style>${SUITE_PAGE_STYLE}${outlineColours(labels)}</style>
</head>
<body>
<input type="checkbox" id="outline" checked>
<header>
<h1>Artifact suite ${escapeHtml(suite)}</h1>
<p>${volumes.length} volumes of ${cases} cases in ${sets.length} sets; ${repeats} a case and set.
Seed ${seed}, made by ${
    escapeHtml(madeBy)
  }. Each slice is shown in the grey scale of its clean volume.${
    channels.length > 1
      ? ` Of ${channels.length} channels the first, ${escapeHtml(channels[0]!.name)}, is shown.`
      : ""
  }${missing > 0 ? ` ${missing} volumes have no picture here, to keep the page small.` : ""}</p>
<p><label for="outline" class="switch">outlines</label> ${legend(labels)}</p>
</header>
<main>
${summary(sets)}
${sections.join("\n")}
</main>
<svg class="shared" aria-hidden="true"><defs>${shared.defs()}</defs></svg>
</body>
</html>
`;
  return { html, pictures: shared.pictures };
}

/** Pictures and outlines, each written once however often it occurs. */
class SharedParts {
  readonly #ids = new Map<string, string>();
  readonly #paths = new Map<string, string>();
  readonly pictures = new Map<string, Uint8Array>();

  /** The path of a picture, by its number: names of cases may be anything. */
  pathOf(png: Uint8Array): string {
    const content = png.toBase64();
    const known = this.#paths.get(content);
    if (known !== undefined) return known;
    const path = `${PICTURES}/${String(this.#paths.size + 1).padStart(4, "0")}.png`;
    this.#paths.set(content, path);
    this.pictures.set(path, png);
    return path;
  }

  /** The id of some SVG, which becomes part of the page. */
  idOf(svg: string): string {
    const known = this.#ids.get(svg);
    if (known !== undefined) return known;
    const id = `s${this.#ids.size}`;
    this.#ids.set(svg, id);
    return id;
  }

  /** All of it. */
  defs(): string {
    return [...this.#ids].map(([svg, id]) => `<g id="${id}">${svg}</g>`).join("\n");
  }
}

function summary(sets: readonly [string, readonly MadeVolume[]][]): string {
  const rows = sets.map(([set, volumes]) => {
    const of = (key: "psnr" | "ssim") =>
      volumes.map(({ entry }) => entry[key]).filter((value) => value !== null);
    return `<tr><th scope="row"><a href="#${set}">${set}</a></th><td>${volumes.length}</td><td>${
      spreadOf(of("psnr"), 1)
    }</td><td>${spreadOf(of("ssim"), 3)}</td></tr>`;
  });
  return `<div class="table"><table><thead><tr><th>set</th><th>volumes</th>
<th>PSNR, dB: median (least to most)</th><th>SSIM: median (least to most)</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
}

function spreadOf(values: readonly number[], digits: number): string {
  if (values.length === 0) return "none";
  const sorted = values.toSorted((a, b) => a - b), middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1
    ? sorted[middle]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
  const [low, high] = [sorted[0]!, sorted.at(-1)!].map((value) => value.toFixed(digits));
  return `${median.toFixed(digits)} <span class="quiet">(${low} to ${high})</span>`;
}

function section(
  set: string,
  volumes: readonly MadeVolume[],
  shared: SharedParts,
): string {
  const figures = volumes.flatMap((volume) =>
    volume.pictures === undefined ? [] : [figure(volume, volume.pictures, shared)]
  );
  return `<details class="set" id="${set}" open><summary><h2>${set}</h2></summary>
<div class="grid">${figures.join("\n")}</div></details>`;
}

function figure(
  { entry }: MadeVolume,
  { clean, corrupted }: NonNullable<MadeVolume["pictures"]>,
  shared: SharedParts,
): string {
  const { psnr, ssim, repeat } = entry;
  const merit = [
    psnr === null ? "" : `PSNR ${psnr.toFixed(1)} dB`,
    ssim === null ? "" : `SSIM ${ssim.toFixed(3)}`,
  ].filter((text) => text !== "").join(", ");
  const parameters = JSON.stringify(entry.steps, (_, value) => rounded(value));
  return `<figure><div class="pair">${view(clean, "clean", shared)}${
    view(corrupted, "with artifact", shared)
  }</div>
<figcaption><b>${escapeHtml(entry.case)}</b>, repeat ${repeat}, slice ${
    corrupted.slice + 1
  }. ${merit}
<details><summary>parameters</summary><code>${escapeHtml(shortened(parameters))}</code></details>
</figcaption></figure>`;
}

/** Long lists are cut: the manifest has them whole. */
function shortened(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)} ... (see manifest.json)` : text;
}

function rounded(value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}

function view(picture: SlicePicture, name: string, shared: SharedParts): string {
  const { width, height, aspect, grey, labels, slice } = picture;
  const png = encodePng({ width, height, data: grey, channels: 1, depth: 8 });
  const outline = (labels ? labelOutline(labels, width, height) : [])
    // the last one drawn is on top, and the cavity has the least room
    .toReversed().map(({ label, path }) => `<path class="c${label}" d="${path}"/>`).join("");
  const outlined = outline === "" ? "" : `<use href="#${shared.idOf(outline)}"/>`;
  return `<div class="view" style="aspect-ratio:${aspect.toFixed(4)}">` +
    `<img src="${shared.pathOf(png)}" loading="lazy" alt="${name}, slice ${slice + 1}">` +
    `<svg class="outline" aria-hidden="true" viewBox="0 0 ${width} ${height}" ` +
    `preserveAspectRatio="none">${outlined}</svg></div>`;
}

function legend(labels: readonly TaskLabel[]): string {
  return labels.slice(1).map(({ name, colour }, n) =>
    `<span class="key"><i style="background:${cssColour(classColour(n + 1, colour))}"></i>${
      escapeHtml(name)
    }</span>`
  ).join(" ");
}

function outlineColours(labels: readonly TaskLabel[]): string {
  return labels.slice(1).map(({ colour }, n) =>
    `.c${n + 1}{stroke:${cssColour(classColour(n + 1, colour))}}`
  )
    .join("");
}
