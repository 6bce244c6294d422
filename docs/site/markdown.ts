/** What the site's Markdown has beyond plain Markdown: ids, links of the site, colours, equations. */
import { escapeHtml } from "../../lib/base/deps/std.ts";
import type { MarkdownLibrary, MarkdownToken } from "./deps/eleventy.ts";
import { highlight } from "./deps/highlighter.ts";
import { mathml } from "./deps/maths.ts";
import { GithubSlugger } from "./deps/slugger.ts";
import { siteLink, type SiteLinks } from "./links.ts";

/** The text of a heading without marks, of which its id is made. */
function plainText(token: MarkdownToken): string {
  return (token.children ?? []).map(({ type, content }) =>
    ["text", "code_inline"].includes(type) ? content : ""
  ).join("");
}

/** The ids that GitHub gives the headings of a document, in order. */
export function addHeadingIds(tokens: MarkdownToken[]): void {
  const slugger = new GithubSlugger();
  tokens.forEach((token, i) => {
    if (token.type === "heading_open") {
      token.attrSet("id", slugger.slug(plainText(tokens[i + 1]!)));
    }
  });
}

/** The overview of the API, whose names lead to sources on GitHub, and here to their pages. */
const API_OVERVIEW = "docs/api.md";

/** Has every link and picture of a document lead where the site has it. */
function addLinks(source: string, tokens: MarkdownToken[], links: SiteLinks): void {
  tokens.forEach((token, i) => {
    const name = { link_open: "href", image: "src" }[token.type];
    const target = name && token.attrGet(name);
    if (name && target) {
      const isSymbol = source === API_OVERVIEW && target.endsWith(".ts");
      const way = isSymbol
        ? `api/~/${tokens[i + 1]!.content}.html`
        : siteLink(source, target, links);
      token.attrSet(name, way);
    }
    addLinks(source, token.children ?? [], links);
  });
}

/** Characters of code that a frame shows without scrolling. */
const FRAME_WIDTH = 88;

/** Whether this is what a command printed, and no table in it would break if lines were wrapped. */
function mayWrap(language: string, content: string): boolean {
  const isTable = (line: string) => /[\u2500-\u257f]/.test(line);
  return language === "" &&
    !content.split("\n").some((line) => isTable(line) && line.length > FRAME_WIDTH);
}

/** Code in a frame of its own, which scrolls sideways where it is wider; `math` is TeX. */
function fence({ info, content }: MarkdownToken): string {
  const language = info.trim();
  if (language === "math") return `<div class="math">${mathml(content, true)}</div>\n`;
  const html = highlight(content, language) ?? escapeHtml(content);
  const kind = mayWrap(language, content) ? "code output" : "code";
  return `<div class="${kind}"><pre tabindex="0"><code>${html}</code></pre></div>\n`;
}

/** Makes `$`x`$`, GitHub's mark of an equation within a line, one of MathML. */
function addInlineMath(tokens: MarkdownToken[]): void {
  for (const { children } of tokens) {
    children?.forEach((token, i) => {
      const before = children[i - 1], after = children[i + 1];
      if (token.type !== "code_inline" || !before?.content.endsWith("$")) return;
      if (!after?.content.startsWith("$")) return;
      before.content = before.content.slice(0, -1);
      after.content = after.content.slice(1);
      token.type = "inline_math";
    });
  }
}

/** Adds all of it to Eleventy's Markdown; a template's data names its document as `source`. */
export function extendMarkdown(library: MarkdownLibrary, links: SiteLinks): void {
  library.set({ html: false, linkify: false, typographer: false });
  // Eleventy turns it off: notebooks print so.
  library.enable("code");
  library.core.ruler.push("tandem", ({ tokens, env }) => {
    addHeadingIds(tokens);
    addLinks(env.source as string, tokens, links);
    addInlineMath(tokens);
  });
  library.renderer.rules.fence = library.renderer.rules.code_block = (tokens, at) =>
    fence(tokens[at]!);
  library.renderer.rules.inline_math = (tokens, at) => mathml(tokens[at]!.content, false);
  library.renderer.rules.table_open = () => '<div class="table" tabindex="0"><table>\n';
  library.renderer.rules.table_close = () => "</table></div>\n";
}
