import { escapeHtml } from "../deps/std.ts";
import { type Section, sectionHtml } from "./markup.ts";

/** What a page of sections is made of. */
export interface SectionsPage {
  readonly title: string;
  /** Paragraphs below the title, as plain text. */
  readonly lead: readonly string[];
  /** CSS. */
  readonly style: string;
  readonly sections: readonly Section[];
}

/** A page as HTML: title, lead, links to its sections, and these; one file that needs nothing else. */
export function sectionsPage({ title, lead, style, sections }: SectionsPage): string {
  const links = sections.map(({ id, title }) =>
    `<li><a href="#${id}">${escapeHtml(title)}</a></li>`
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
${lead.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("\n")}
<nav aria-label="Sections"><ul>${links.join("")}</ul></nav>
</header>
<main>
${sections.map(sectionHtml).join("\n")}
</main>
</body>
</html>
`;
}
