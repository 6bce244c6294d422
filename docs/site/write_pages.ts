/** Writes the pages by Eleventy. */
import { Eleventy } from "./deps/eleventy.ts";
import { layOut, type NavigationLink } from "./layout.ts";
import type { SiteLinks } from "./links.ts";
import { extendMarkdown } from "./markdown.ts";
import { NAVIGATION, type NavigationGroup, OTHER_PAGES } from "./navigation.ts";
import { type Page, urlOf } from "./pages.ts";
import { searchEntries, type SearchEntry, textOf } from "./search_entries.ts";

/** The navigation as links, the pages that it does not name behind it. */
function navigationOf(pages: readonly Page[]) {
  const named = new Set(NAVIGATION.flatMap(({ pages }) => Object.keys(pages)));
  // Tables of studies are linked by the pages of these.
  const rest = pages.filter(({ source }) => !named.has(source) && !/\/study-/.test(source));
  const groups: NavigationGroup[] = [...NAVIGATION, {
    title: OTHER_PAGES,
    pages: Object.fromEntries(rest.map(({ source, title }) => [source, title])),
  }];
  return groups.map(({ title, pages: own, others = {} }) => ({
    title,
    links: [
      ...Object.entries(own).map(([source, title]): NavigationLink => ({
        title,
        url: urlOf(source),
      })),
      ...Object.entries(others).map(([url, title]): NavigationLink => ({ title, url })),
    ],
  })).filter(({ links }) => links.length > 0);
}

/**
 * Has Eleventy write pages; gives what the search knows of them.
 *
 * @param links Is told which files the pages link to.
 * @param output The folder of the site.
 */
export async function writePages(
  pages: readonly Page[],
  links: SiteLinks,
  output: string,
): Promise<SearchEntry[]> {
  const entries: SearchEntry[] = [], navigation = navigationOf(pages);
  const order = navigation.flatMap(({ links }) => links).filter(({ url }) =>
    pages.some((page) => page.url === url)
  );
  const input = await Deno.makeTempDir();
  const templates = new Map(pages.map((page, i) => [`${i}.md`, page]));
  const site = new Eleventy(input, output, {
    quietMode: true,
    configPath: false,
    config: (config) => {
      config.setUseGitIgnore(false);
      config.amendLibrary("md", (library) => extendMarkdown(library, links));
      for (const [name, { source, url, text }] of templates) {
        config.addTemplate(name, text, { source, permalink: url, templateEngineOverride: "md" });
      }
      config.addTransform("layout", function (content) {
        const { url, title } = templates.get(this.page.inputPath.split("/").at(-1)!)!;
        entries.push(...searchEntries(url, title, content));
        const at = order.findIndex((link) => link.url === url);
        return layOut({
          ...{ title, url, content, navigation },
          description: textOf(/<p>(.*?)<\/p>/s.exec(content)?.[1] ?? title).slice(0, 160),
          previous: at < 0 ? undefined : order[at - 1],
          next: at < 0 ? undefined : order[at + 1],
        });
      });
    },
  });
  try {
    await site.write();
  } finally {
    await Deno.remove(input, { recursive: true });
  }
  return entries;
}
