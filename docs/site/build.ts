/** Makes the static site of the documents: `deno task docs`, then open `out/docs/index.html`. */
import { writeApiPages } from "./api_pages.ts";
import { brokenLinks } from "./check_links.ts";
import { Eleventy } from "./deps/eleventy.ts";
import { layOut, type NavigationLink } from "./layout.ts";
import type { SiteLinks } from "./links.ts";
import { extendMarkdown } from "./markdown.ts";
import { NAVIGATION, type NavigationGroup, OTHER_PAGES } from "./navigation.ts";
import { filesBelow, findPages, type Page, urlOf } from "./pages.ts";
import { searchEntries, type SearchEntry, textOf } from "./search_entries.ts";

const ROOT = new URL("../../", import.meta.url);
const OUTPUT = new URL("out/docs/", ROOT);

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

/** Has Eleventy write all pages; gives what the search knows of them. */
async function writePages(pages: readonly Page[], links: SiteLinks): Promise<SearchEntry[]> {
  const entries: SearchEntry[] = [], navigation = navigationOf(pages);
  const order = navigation.flatMap(({ links }) => links).filter(({ url }) =>
    pages.some((page) => page.url === url)
  );
  const input = await Deno.makeTempDir({ dir: "out", prefix: "docs-" });
  const templates = new Map(pages.map((page, i) => [`${i}.md`, page]));
  const site = new Eleventy(input, "out/docs", {
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

/** Copies what lies beside the pages: pictures, tables, pages of studies, and linked sources. */
async function copyFiles(links: SiteLinks): Promise<void> {
  const beside = (await filesBelow(ROOT, "docs/")).filter((path) =>
    !/\.md$|^docs\/site\//.test(path)
  );
  for (const path of beside) links.copied.set(path, path.slice("docs/".length));
  const missing: string[] = [];
  for (const [path, url] of links.copied) {
    const to = new URL(url, OUTPUT);
    await Deno.mkdir(new URL("./", to), { recursive: true });
    await Deno.copyFile(new URL(path, ROOT), to).catch(() => missing.push(path));
  }
  if (missing.length > 0) throw new Error(`Links lead to no file: ${missing.sort().join(", ")}`);
}

/** Writes scripts, style and the texts that are searched. */
async function writeAssets(entries: readonly SearchEntry[]): Promise<void> {
  const from = new URL("docs/site/browser/", ROOT), to = new URL("assets/", OUTPUT);
  await Deno.mkdir(to, { recursive: true });
  for (const name of ["style.css", "theme.js"]) {
    await Deno.copyFile(new URL(name, from), new URL(name, to));
  }
  const texts = `globalThis.tandemTexts = ${JSON.stringify(entries)};\n`;
  await Deno.writeTextFile(new URL("texts.js", to), texts);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--quiet", "--platform", "browser", "--format", "iife", "--minify"],
      ...["--output", new URL("page.js", to).pathname, new URL("page.ts", from).pathname],
    ],
    cwd: ROOT,
  }).output();
  if (code !== 0) throw new Error(`Cannot bundle scripts: ${new TextDecoder().decode(stderr)}`);
}

if (import.meta.main) {
  Deno.chdir(ROOT);
  await Deno.remove(OUTPUT, { recursive: true }).catch(() => {});
  await Deno.mkdir(OUTPUT, { recursive: true });
  const pages = await findPages(ROOT);
  const links: SiteLinks = {
    pages: new Map(pages.map(({ source, url }) => [source, url])),
    copied: new Map(),
  };
  const entries = await writePages(pages, links);
  await Promise.all([copyFiles(links), writeAssets(entries), writeApiPages(ROOT, OUTPUT)]);
  const broken = await brokenLinks(OUTPUT);
  if (broken.length > 0) throw new Error(`Links lead nowhere:\n${broken.join("\n")}`);
  console.log(`${pages.length} pages and the API: open out/docs/index.html`);
}
