/** What the search of the site knows: the pages, section by section. */

/** A section of a page. */
export interface SearchEntry {
  /** Its address with `#`, from the root of the site. */
  readonly id: string;
  readonly page: string;
  readonly title: string;
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
};

/** HTML as plain text in one line. */
export function textOf(html: string): string {
  return html.replace(/<math.*?<\/math>/gs, " ").replace(/<[^>]+>/g, " ")
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name]!)
    .replace(/\s+/g, " ").trim();
}

/** The sections of a page as HTML; what stands above the first one is the page's own. */
export function searchEntries(url: string, page: string, html: string): SearchEntry[] {
  const parts = html.split(/<h[123] id="([^"]+)">(.*?)<\/h[123]>/s);
  const entries: SearchEntry[] = [];
  for (let i = 1; i < parts.length; i += 3) {
    const [id, title, text] = parts.slice(i, i + 3) as [string, string, string];
    entries.push({ id: `${url}#${id}`, page, title: textOf(title), text: textOf(text) });
  }
  return entries;
}
