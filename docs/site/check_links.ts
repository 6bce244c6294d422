/** Whether every link of the site leads somewhere: a page that is there, at a heading that is there. */
import { leadsOut } from "./links.ts";
import { filesBelow } from "./pages.ts";

const idsOf = (html: string) => new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!));

/** What is wrong with the links of all pages outside `api/`, which `deno doc` writes. */
export async function brokenLinks(site: URL): Promise<string[]> {
  const files = new Set(await filesBelow(site, ""));
  const pages = [...files].filter((path) => path.endsWith(".html") && !path.startsWith("api/"));
  const texts = new Map(
    await Promise.all(
      pages.map(async (path) =>
        [path, await Deno.readTextFile(new URL(path, site))] as [string, string]
      ),
    ),
  );
  const broken: string[] = [];
  for (const [path, html] of texts) {
    for (const [, target] of html.matchAll(/ (?:href|src)="([^"]+)"/g)) {
      if (leadsOut(target!)) continue;
      const { pathname, hash } = new URL(target!.replaceAll("&amp;", "&"), `file:///${path}`);
      const file = decodeURIComponent(pathname.slice(1)), page = texts.get(file);
      const id = decodeURIComponent(hash.slice(1));
      if (!files.has(file)) broken.push(`${path} -> ${target}: no such file`);
      else if (page && id !== "" && !idsOf(page).has(id)) {
        broken.push(`${path} -> ${target}: no such heading`);
      }
    }
  }
  return broken;
}
