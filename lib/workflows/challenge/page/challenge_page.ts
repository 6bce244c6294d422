/** The page of a challenge: all models side by side, in one file that needs nothing else. */
import { escapeHtml } from "../../../base/deps/std.ts";
import { chartsHtml, type Section, tableHtml } from "../../../base/pages/markup.ts";
import { sectionsPage } from "../../../base/pages/sections_page.ts";
import { scoreText } from "../../../base/report/number_text.ts";
import { capital, methodCurves, methodLegend } from "../../study/page/chart_parts.ts";
import { type MethodLook, methodLooks } from "../../study/page/method_look.ts";
import { PAGE_STYLE } from "../../study/page/page_style.ts";
import type { ChallengeFailure } from "../models/challenge_model.ts";
import type { ChallengeResults, MetricResults } from "../results/challenge_results.ts";
import { comparable, measureTable, transformTable } from "../results/result_tables.ts";

/** Failures that the page names. */
const MOST_FAILURES = 100;

/** The page as HTML. */
export async function challengePage(
  results: ChallengeResults,
  failures: readonly ChallengeFailure[],
): Promise<string> {
  const { metrics } = results, [first, ...others] = metrics;
  const looks = methodLooks({
    plan: { methods: results.models.map(({ name }) => name) },
    rows: [],
  });
  const sections: (Section | undefined)[] = first === undefined ? [] : [
    { id: "scores", title: first.title, body: tableHtml(measureTable(results, first)) },
    await curveSection(first, looks),
    { id: "transforms", title: "By transform", body: tableHtml(transformTable(results, first)) },
    {
      id: "others",
      title: "Other metrics",
      body: others.map((metric) => {
        const { notes, ...table } = measureTable(results, metric);
        // the first table tells the rest
        const own = [
          notes[0]!.replace(/;.*/s, "."),
          ...metric.note === undefined ? [] : [metric.note],
        ];
        return tableHtml({ ...table, notes: own });
      }).join("\n"),
    },
    {
      id: "other-transforms",
      title: "Other metrics by transform",
      body: (await Promise.all(
        others.map(async (metric) =>
          `<details><summary>${escapeHtml(capital(metric.title))}</summary>${
            tableHtml(transformTable(results, metric))
          }${(await curveSection(metric, looks))?.body ?? ""}</details>`
        ),
      )).join("\n"),
    },
  ];
  sections.push(failureSection(failures), originSection(results));
  return sectionsPage({
    title: `Challenge: ${results.suite}`,
    lead: [statement(results)],
    style: PAGE_STYLE,
    sections: sections.filter((section) => section !== undefined),
  });
}

/** Scores against severity, a chart a transform; undefined where the suite has no severities. */
async function curveSection(
  { models, title }: MetricResults,
  looks: readonly MethodLook[],
): Promise<Section | undefined> {
  const transforms = models[0]!.robustness.transforms
    .filter(({ curve }) => curve.some(({ severity }) => severity > 0));
  if (transforms.length === 0) return undefined;
  const shown = transforms.map(({ transform }) => ({
    transform,
    values: models.flatMap(({ name, robustness }) => {
      const method = looks.find((look) => look.method === name)!.title;
      const { curve } = robustness.transforms.find((own) => own.transform === transform)!;
      return curve.flatMap(({ severity, mean }) =>
        mean === null ? [] : [{ method, x: severity, y: mean }]
      );
    }),
  }));
  const all = shown.flatMap(({ values }) => values.map(({ y }) => y));
  // steps of 0.05 of what is a share, of a round number of what is in mm or ml
  const step = Math.max(...all) <= 1 ? 0.05 : 10 ** Math.floor(Math.log10(Math.max(...all)));
  const low = Math.floor(Math.min(...all) / step) * step;
  const high = Math.ceil(Math.max(...all) / step) * step;
  const charts = shown.map(({ transform, values }) =>
    methodCurves(
      values,
      looks,
      { title: capital(transform), label: `${title} against the severity of ${transform}` },
      {
        xTitle: "severity",
        yTitle: title,
        xValues: [...new Set(values.map(({ x }) => x))].sort((a, b) => a - b),
        yDomain: [low, high],
        points: true,
      },
    )
  );
  const body = await chartsHtml(
    charts,
    "0 is the image as it was, 5 the strongest corruption. The flatter a line, the less it matters. " +
      "Means over subjects.",
    methodLegend(looks),
  );
  return { id: "severity", title: "Severity", body };
}

function failureSection(failures: readonly ChallengeFailure[]): Section | undefined {
  if (failures.length === 0) return undefined;
  const items = failures.slice(0, MOST_FAILURES).map(({ model, what, message }) =>
    `<li>${escapeHtml(`${model}, ${what}: ${message}`)}</li>`
  );
  const more = failures.length - items.length;
  return {
    id: "failures",
    title: "What failed",
    body: `<ul>${items.join("\n")}${more > 0 ? `<li>and ${more} more</li>` : ""}</ul>`,
  };
}

function originSection(
  { suite, seed, madeBy, volumes, models, scored, labels }: ChallengeResults,
): Section {
  const rows = [
    ["suite", suite],
    ["volumes", String(volumes)],
    ["labels", labels.join(", ")],
    ["seed", String(seed)],
    ["made by", madeBy],
    ...models.map(({ name, source }) => [name, `${source} (${scored[name]} volumes scored)`]),
  ];
  const list = rows.map(([term, text]) =>
    `<dt>${escapeHtml(term!)}</dt><dd>${escapeHtml(text!)}</dd>`
  );
  return {
    id: "origin",
    title: "How it was made",
    body: `<dl>${list.join("\n")}</dl>
<p><a href="suite/index.html">Clean beside corrupted images</a>, with all parameters.</p>`,
  };
}

/** What it came to, in a few sentences. */
function statement({ models, metrics, sets, volumes }: ChallengeResults): string {
  const transforms = new Set(sets.map(({ transform }) => transform)).size;
  const [dice] = metrics;
  const lacking = (dice?.models ?? []).filter(({ missing }) => missing > 0);
  const ranked = dice === undefined ? [] : comparable(dice);
  const known = ranked.flatMap(({ name, robustness: { overall, degradation } }) =>
    overall.mean === null || degradation.mean === null
      ? []
      : [{ name, overall: overall.mean, loss: degradation.mean }]
  );
  const about =
    `${models.length} model${models.length === 1 ? "" : "s"} on ${volumes} volumes: clean, ` +
    `and in ${sets.length} sets of ${transforms} transforms.` +
    (lacking.length === 0
      ? ""
      : ` Not ranked, since scores are lacking: ${lacking.map(({ name }) => name).join(", ")}.`);
  if (known.length === 0) return about;
  const best = known.reduce((a, b) => b.overall > a.overall ? b : a);
  const least = known.reduce((a, b) => b.loss < a.loss ? b : a);
  return known.length === 1
    ? `${about} ${best.name} has an overall Dice of ${scoreText(best.overall)} and loses ` +
      `${scoreText(best.loss)} to corruption.`
    : `${about} The highest overall Dice is ${
      scoreText(best.overall)
    } (${best.name}), the least loss to ` +
      `corruption ${scoreText(least.loss)} (${least.name}).`;
}
