/** The parts that the page is made of. */
import { escapeHtml } from "../deps/std.ts";
import type { TextTable } from "../report/text_table.ts";
import { type VegaChart, vegaSvg } from "../report/vega_svg.ts";

/** A heading with what belongs to it; `body` is HTML. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

/** A section as HTML. */
export function sectionHtml({ id, title, body }: Section): string {
  return `<section id="${id}"><h2>${escapeHtml(title)}</h2>\n${body}\n</section>`;
}

/** A table in a box of its own that scrolls where it is too wide; its notes below. */
export function tableHtml({ caption, columns, rows, notes }: TextTable): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("");
  const body = rows.map(({ name, cells }) => {
    const data = cells.map(({ text, detail, best }) => {
      const main = best ? `<b>${escapeHtml(text)}</b>` : escapeHtml(text);
      return `<td>${main}${detail ? ` <small>${escapeHtml(detail)}</small>` : ""}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(name)}</th>${data.join("")}</tr>`;
  });
  const title = escapeHtml(caption);
  // The caption stands outside the box, or it would be cut where the table is.
  return `<figure class="table"><p class="caption">${title}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${head}</tr></thead><tbody>${
    body.join("\n")
  }</tbody></table></div><figcaption>${
    notes.map((note) => `<p>${escapeHtml(note)}</p>`).join("")
  }</figcaption></figure>`;
}

/**
 * Charts beside one another, with a legend above and a line below that says how to read them.
 *
 * @param legend HTML; see {@linkcode legendHtml}.
 */
export async function chartsHtml(
  charts: readonly VegaChart[],
  howToRead: string,
  legend = "",
): Promise<string> {
  const drawn: string[] = [];
  for (const chart of charts) drawn.push(await vegaSvg(chart));
  return figureHtml(`${legend}<div class="charts">${drawn.join("\n")}</div>`, howToRead);
}

/** A figure with a line that says how to read it. */
export function figureHtml(body: string, howToRead: string): string {
  return `<figure>${body}<figcaption><p><em>How to read:</em> ${
    escapeHtml(howToRead)
  }</p></figcaption></figure>`;
}

/** How a line is broken, by CSS's names. */
export type LineStyle = "solid" | "dashed" | "dotted";

/** An entry of a legend: a dot, or a line, whole or broken. */
export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  readonly line?: LineStyle;
  readonly dot?: boolean;
}

/** A legend as a list. */
export function legendHtml(entries: readonly LegendEntry[]): string {
  const items = entries.map(({ name, color, line = "solid", dot }) => {
    const mark = dot
      ? `<i class="dot" style="background:${color}"></i>`
      : `<i style="border-top:3px ${line} ${color}"></i>`;
    return `<li>${mark}${escapeHtml(name)}</li>`;
  });
  return `<ul class="legend">${items.join("")}</ul>`;
}
