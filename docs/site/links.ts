/** Links between documents, told as links between the pages they become. */

/** What a link of a document leads to in the site. */
export interface SiteLinks {
  /** The addresses of documents that are pages, by their files. */
  readonly pages: ReadonlyMap<string, string>;
  /** Files of the project that links ask for, with the addresses where they have to be copied. */
  readonly copied: Map<string, string>;
}

/** The way from one address of the site to another. */
export function relative(from: string, to: string): string {
  const start = from.split("/").slice(0, -1), end = to.split("/");
  let same = 0;
  while (same < start.length && start[same] === end[same]) same++;
  return [...start.slice(same).map(() => ".."), ...end.slice(same)].join("/");
}

/** Whether a link leads out of the project: to another host, or to a mail. */
export const leadsOut = (target: string): boolean => /^[a-z][a-z+.-]*:|^\/\//i.test(target);

/** The file of the project that a link of a document means, and what is behind its `#`. */
export function resolveLink(source: string, target: string): { file: string; hash: string } {
  const [, path, hash] = /^([^#]*)(#.*)?$/.exec(target)!;
  const file = path === "" ? source : new URL(path!, `file:///${source}`).pathname.slice(1);
  return { file: decodeURIComponent(file), hash: hash ?? "" };
}

/**
 * The link as the page has it. Files of `docs` keep their places; others of the project go below
 * `source/` as text, which a browser shows instead of saving it.
 */
export function siteLink(source: string, target: string, links: SiteLinks): string {
  if (leadsOut(target)) return target;
  const { file, hash } = resolveLink(source, target);
  const here = links.pages.get(source)!;
  if (file === source) return hash === "" ? relative(here, here) : hash;
  const page = links.pages.get(file);
  if (page !== undefined) return relative(here, page) + hash;
  const url = /^docs\//.test(file) ? file.slice("docs/".length) : `source/${file}.txt`;
  links.copied.set(file, url);
  return relative(here, url) + hash;
}
