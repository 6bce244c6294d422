/** The documents as tests read them: what they link to, their headings, and what is to be typed. */
import { GithubSlugger } from "../../docs/site/deps/slugger.ts";
import { filesBelow } from "../../docs/site/pages.ts";

/** Where the project lies. */
export const ROOT = new URL("../../", import.meta.url);

/** A document, by its path from the root. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** Every document of the root and of `docs`, and the measurements. */
export async function readDocuments(): Promise<Document[]> {
  const paths = (await filesBelow(ROOT, "docs/")).filter((path) => path.endsWith(".md"));
  for await (const { name } of Deno.readDir(ROOT)) if (name.endsWith(".md")) paths.push(name);
  paths.push("tests/bench/RESULTS.md");
  return await Promise.all(paths.map(async (path) => ({
    path,
    text: await Deno.readTextFile(new URL(path, ROOT)),
  })));
}

const FENCE = /^ *```(\w*)\n(.*?)^ *```$/gms;

/** Without blocks of code. */
export const proseOf = (text: string): string => text.replace(FENCE, "");

/** The blocks of code of a language. */
export function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(FENCE)].filter((match) => match[1] === language)
    .map((match) => match[2]!);
}

/** The pieces of code within the prose. */
export function spansOf(text: string): string[] {
  return [...proseOf(text).matchAll(/`([^`]+)`/g)].map(([, code]) => code!.replace(/\s+/g, " "));
}

/** What the prose links to, pictures among it. */
export function linksOf(text: string): string[] {
  const prose = proseOf(text).replace(/`[^`]*`/g, "code");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
}

/** The ids that GitHub gives the headings. */
export function headingIds(text: string): Set<string> {
  const slugger = new GithubSlugger();
  const headings = [...proseOf(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => heading!);
  return new Set(
    headings.map((heading) =>
      slugger.slug(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", ""))
    ),
  );
}
