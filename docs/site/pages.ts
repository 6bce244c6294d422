/** Which documents become pages, and where each goes. */
import { NAVIGATION } from "./navigation.ts";

/** A document that becomes a page. */
export interface Page {
  /** Its file, from the root of the project. */
  readonly source: string;
  /** Its address, from the root of the site. */
  readonly url: string;
  /** Its first heading, as plain text; its file where it has none. */
  readonly title: string;
  /** Its Markdown. */
  readonly text: string;
}

/** A place on the root of the site for documents of the root, below it for others of `docs`. */
export function urlOf(source: string): string {
  if (source === "docs/README.md") return "index.html";
  return source.replace(/^(docs|tests)\//, "").toLowerCase().replace(/\.md$/, ".html");
}

/** The first heading without its marks, or what the file is called. */
export function titleOf(text: string, source: string): string {
  const heading = /^# (.+)$/m.exec(text)?.[1] ?? source.replace(/^docs\//, "");
  return heading.replaceAll(/[`*_]/g, "");
}

/** Without the notes that documents keep for those who edit them. */
const withoutComments = (text: string) => text.replace(/^<!--.*?-->\n/gms, "");

/** Every file below a folder, by its path from the root of the project. */
export async function filesBelow(root: URL, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
    if (isDirectory) found.push(...await filesBelow(root, `${folder}${name}/`));
    else found.push(folder + name);
  }
  return found.sort();
}

/** All pages: the documents of `docs` and those that the navigation names beside them. */
export async function findPages(root: URL): Promise<Page[]> {
  const documents = (await filesBelow(root, "docs/")).filter((path) => path.endsWith(".md"));
  const sources = new Set([...NAVIGATION.flatMap(({ pages }) => Object.keys(pages)), ...documents]);
  return await Promise.all([...sources].map(async (source) => {
    const text = withoutComments(await Deno.readTextFile(new URL(source, root)));
    return { source, url: urlOf(source), title: titleOf(text, source), text };
  }));
}
