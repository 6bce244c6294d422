import { escapeHtml } from "../../../base/deps/std.ts";
import { largestRows } from "../results/score_tables.ts";
import { calibrationSection } from "./calibration_section.ts";
import { caseSection } from "./case_section.ts";
import { flagSection } from "./flag_section.ts";
import { hardExampleSection } from "./hard_example_section.ts";
import { type Section, sectionHtml } from "../../../base/pages/markup.ts";
import type { PageData } from "./page_data.ts";
import { PAGE_STYLE } from "./page_style.ts";
import { provenanceSection } from "./provenance_section.ts";
import { refinementSection } from "./refinement_section.ts";
import {
  averageSection,
  crossDomainSection,
  distanceSection,
  lowDataSection,
  table1Section,
} from "./score_sections.ts";
import { severitySection } from "./severity_section.ts";
import { statement } from "./statement.ts";
import { subjectSection } from "./subject_section.ts";
import { trainingSection } from "./training_section.ts";

/**
 * The page of a study as HTML: one file that needs nothing else. What a study lacks (pictures,
 * other domains, numbers of training subjects) is left out.
 */
export async function studyPage(data: PageData): Promise<string> {
  const { summary } = data;
  // Everything but low data is about the runs with the most training subjects.
  const most = largestRows(summary)[0]?.trainingSubjects;
  const runs = data.runs.filter(({ job }) => job.trainingSubjects === most);
  const shown = { ...data, runs };
  const sections: (Section | undefined)[] = [];
  if (summary.rows.length > 0) {
    sections.push(
      table1Section(summary),
      await averageSection(summary),
      crossDomainSection(summary),
      distanceSection(summary),
      await subjectSection(summary, runs),
      await severitySection(summary),
      await lowDataSection(summary, data.allSubjects),
      await refinementSection(summary, runs),
      await flagSection(summary, runs),
      await calibrationSection(runs),
      caseSection(shown),
      hardExampleSection(shown),
      await trainingSection(summary, runs),
    );
  }
  sections.push(await provenanceSection(data));
  return html(data, sections.filter((section) => section !== undefined));
}

function html(data: PageData, sections: readonly Section[]): string {
  const { preset, methods } = data.summary.plan;
  const title = preset === "run"
    ? `Run ${methods[0]}`
    : preset === "scores"
    ? `Predictions ${methods[0]}`
    : `Study: ${preset}`;
  const links = sections.map(({ id, title }) =>
    `<li><a href="#${id}">${escapeHtml(title)}</a></li>`
  );
  const text = statement(data).map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
${text.join("\n")}
<nav aria-label="Sections"><ul>${links.join("")}</ul></nav>
</header>
<main>
${sections.map(sectionHtml).join("\n")}
</main>
</body>
</html>
`;
}
