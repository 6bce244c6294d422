import { NETWORKS } from "../../../names.ts";
import type { StudySummary } from "../results/study_summary.ts";
import { capital, methodCurves, methodLegend } from "./chart_parts.ts";
import { chartsHtml, type Section, tableHtml } from "../../../base/pages/markup.ts";
import { severityTable } from "../results/severity_table.ts";
import { methodLooks } from "./method_look.ts";

/** Dice against the severity of each artifact; undefined where it was not measured. */
export async function severitySection(summary: StudySummary): Promise<Section | undefined> {
  const { severities } = summary;
  if (severities.length === 0) return undefined;
  const looks = methodLooks(summary);
  const all = severities.flatMap(({ ftn, stn = [] }) => [...ftn, ...stn]);
  const low = Math.floor(Math.min(...all) * 20) / 20, high = Math.ceil(Math.max(...all) * 20) / 20;
  const artifacts = [...new Set(severities.map(({ artifact }) => artifact))];
  const charts = NETWORKS.flatMap((network) =>
    artifacts.flatMap((artifact) => {
      const values = severities.filter((curve) => curve.artifact === artifact)
        .flatMap((curve) => {
          const method = looks.find((look) => look.method === curve.method)!.title;
          return (curve[network] ?? []).map((y, x) => ({ method, x, y }));
        });
      if (values.length === 0) return [];
      const title = `${capital(artifact)}${network === "stn" ? ", with STN" : ""}`;
      return [methodCurves(
        values,
        looks,
        { title, label: `Dice against the severity of ${title}` },
        {
          xTitle: "severity",
          yTitle: "Dice",
          xValues: [0, 1, 2, 3, 4, 5],
          yDomain: [low, high],
          points: true,
        },
      )];
    })
  );
  const body = await chartsHtml(
    charts,
    "0 is the image as it was, 5 the strongest artifact. The flatter a line, the less the " +
      "artifact matters. Means over a few volumes only, so small differences mean little.",
    methodLegend(looks),
  );
  const table = severityTable(summary);
  return {
    id: "severity",
    title: "Severity of artifacts",
    body: table === undefined ? body : `${body}\n${tableHtml(table)}`,
  };
}
