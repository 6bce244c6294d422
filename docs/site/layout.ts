/** The frame of every page: head, navigation, the way on, what is on the page. */
import { escapeHtml } from "../../lib/base/deps/std.ts";
import { relative } from "./links.ts";

/** A link of the navigation, by its address from the root of the site. */
export interface NavigationLink {
  readonly title: string;
  readonly url: string;
}

/** What the frame is told. */
export interface Layout {
  readonly title: string;
  readonly url: string;
  /** The document as HTML, headings with ids. */
  readonly content: string;
  /** The first sentences, for those who list pages. */
  readonly description: string;
  readonly navigation: readonly { title: string; links: readonly NavigationLink[] }[];
  readonly previous?: NavigationLink | undefined;
  readonly next?: NavigationLink | undefined;
}

/** Two circles that overlap. */
const ICON = "data:image/svg+xml," + encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="12" cy="16" r="9" ' +
    'fill="#0f766e"/><circle cx="20" cy="16" r="9" fill="#f59e0b" fill-opacity=".8"/></svg>',
);

/** The headings of the second and third level, which are listed beside the text. */
function contentsOf(content: string): string {
  const headings = [...content.matchAll(/<h([23]) id="([^"]+)">(.*?)<\/h\1>/gs)];
  if (headings.length < 2) return "";
  const items = headings.map(([, level, id, html]) =>
    `<li class="level${level}"><a href="#${id}">${html!.replace(/<\/?a[^>]*>/g, "")}</a></li>`
  );
  return `<nav class="contents" aria-label="On this page"><p>On this page</p><ul>${
    items.join("")
  }</ul></nav>`;
}

/** The page as HTML: nothing in it comes from elsewhere, and every address is a relative one. */
export function layOut(page: Layout): string {
  const { title, url, content, description } = page;
  const way = (to: string) => escapeHtml(relative(url, to));
  const link = (to: NavigationLink, attributes = "") =>
    `<a href="${way(to.url)}"${attributes}>${escapeHtml(to.title)}</a>`;
  const groups = page.navigation.map(({ title, links }) =>
    `<section><h2>${escapeHtml(title)}</h2><ul>${
      links.map((to) => `<li>${link(to, to.url === url ? ' aria-current="page"' : "")}</li>`).join(
        "",
      )
    }</ul></section>`
  );
  const turn = [
    page.previous && `<span>${link(page.previous, ' rel="prev"')}</span>`,
    page.next && `<span class="next">${link(page.next, ' rel="next"')}</span>`,
  ].filter(Boolean);
  const name = url === "index.html" ? title : `${title} · Tandem`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(description)}">
<title>${escapeHtml(name)}</title>
<link rel="icon" href="${escapeHtml(ICON)}">
<link rel="stylesheet" href="${way("assets/style.css")}">
<script src="${way("assets/theme.js")}"></script>
<script src="${way("assets/page.js")}" defer></script>
</head>
<body data-root="${way("x").slice(0, -1)}">
<a class="skip" href="#text">To the text</a>
<header>
<button type="button" id="menu" aria-expanded="false" aria-controls="pages">Pages</button>
<a class="name" href="${way("index.html")}">Tandem</a>
<button type="button" id="search" aria-keyshortcuts="/">Search <kbd>/</kbd></button>
<button type="button" id="theme">Dark</button>
</header>
<div class="frame">
<nav id="pages" aria-label="Pages">${groups.join("\n")}</nav>
<main id="text">
<article>
${content}</article>
<nav class="turn" aria-label="The pages before and after">${turn.join("")}</nav>
</main>
${contentsOf(content)}
</div>
</body>
</html>
`;
}
