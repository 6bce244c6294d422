import { largestRows } from "../results/score_tables.ts";
import { calibrationSection } from "./calibration_section.ts";
import { caseSection } from "./case_section.ts";
import { flagSection } from "./flag_section.ts";
import { hardExampleSection } from "./hard_example_section.ts";
import type { Section } from "../../../base/pages/markup.ts";
import { sectionsPage } from "../../../base/pages/sections_page.ts";
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
      await calibrationSection(summary),
      caseSection(shown),
      hardExampleSection(shown),
      await trainingSection(summary, runs),
    );
  }
  sections.push(await provenanceSection(data));
  return sectionsPage({
    title: titleOf(summary.plan),
    lead: statement(data),
    style: PAGE_STYLE,
    sections: sections.filter((section) => section !== undefined),
  });
}

function titleOf({ preset, methods }: PageData["summary"]["plan"]): string {
  if (preset === "run") return `Run ${methods[0]}`;
  return preset === "scores" ? `Predictions ${methods[0]}` : `Study: ${preset}`;
}
