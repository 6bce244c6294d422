/** Makes the static site of the documents: `deno task docs`, then open `out/docs/index.html`. */
import { writeApiPages } from "./api_pages.ts";
import { brokenLinks } from "./check_links.ts";
import type { SiteLinks } from "./links.ts";
import { filesBelow, findPages } from "./pages.ts";
import type { SearchEntry } from "./search_entries.ts";
import { writePages } from "./write_pages.ts";

const ROOT = new URL("../../", import.meta.url);
const OUTPUT = new URL("out/docs/", ROOT);

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
  const entries = await writePages(pages, links, OUTPUT.pathname);
  await Promise.all([copyFiles(links), writeAssets(entries), writeApiPages(ROOT, OUTPUT)]);
  const broken = await brokenLinks(OUTPUT);
  if (broken.length > 0) throw new Error(`Links lead nowhere:\n${broken.join("\n")}`);
  console.log(`${pages.length} pages and the API: open out/docs/index.html`);
}
