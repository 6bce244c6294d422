/** The site of the documents, but for the API's pages. */
import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { brokenLinks } from "../../docs/site/check_links.ts";
import { layOut } from "../../docs/site/layout.ts";
import { relative, siteLink, type SiteLinks } from "../../docs/site/links.ts";
import { NAVIGATION } from "../../docs/site/navigation.ts";
import { findPages, titleOf, urlOf } from "../../docs/site/pages.ts";
import { searchEntries } from "../../docs/site/search_entries.ts";
import { writePages } from "../../docs/site/write_pages.ts";
import { inFolder } from "../imaging/data/tiny_heart.ts";
import { ROOT } from "./documents.ts";

Deno.test("every page that the navigation names exists, and no two share an address", async () => {
  const pages = await findPages(ROOT);
  const addresses = pages.map(({ url }) => url);
  assertEquals(new Set(addresses).size, addresses.length);
  for (const { others = {} } of NAVIGATION) {
    for (const url of Object.keys(others).filter((url) => !url.startsWith("api/"))) {
      assert((await Deno.stat(new URL(`docs/${url}`, ROOT))).isFile);
    }
  }
});

Deno.test("urlOf() and titleOf() name a page", () => {
  assertEquals(urlOf("docs/README.md"), "index.html");
  assertEquals(urlOf("README.md"), "readme.html");
  assertEquals(urlOf("docs/study-acdc/README.md"), "study-acdc/readme.html");
  assertEquals(titleOf("text\n# The `x` *y*\n", "docs/x.md"), "The x y");
  assertEquals(titleOf("| a |", "docs/b/x.md"), "b/x.md");
});

Deno.test("siteLink() leads between pages, to files of docs, and to sources as text", () => {
  const links: SiteLinks = {
    pages: new Map([["docs/a.md", "a.html"], ["README.md", "readme.html"], [
      "docs/s/README.md",
      "s/readme.html",
    ]]),
    copied: new Map(),
  };
  assertEquals(siteLink("docs/s/README.md", "../a.md#x", links), "../a.html#x");
  assertEquals(siteLink("README.md", "docs/s/README.md", links), "s/readme.html");
  assertEquals(siteLink("docs/a.md", "#b", links), "#b");
  assertEquals(siteLink("docs/a.md", "https://x.org", links), "https://x.org");
  assertEquals(siteLink("docs/s/README.md", "t.csv", links), "t.csv");
  assertEquals(siteLink("docs/a.md", "../lib/x.ts", links), "source/lib/x.ts.txt");
  assertEquals([...links.copied], [["docs/s/t.csv", "s/t.csv"], [
    "lib/x.ts",
    "source/lib/x.ts.txt",
  ]]);
  assertEquals(relative("a/b/c.html", "a/d.html"), "../d.html");
});

Deno.test("layOut() asks for nothing from elsewhere, and by relative addresses alone", () => {
  const html = layOut({
    title: 'A "b" <c>',
    url: "s/x.html",
    content: '<h1 id="a">A</h1><h2 id="b">B</h2><h2 id="c"><code>C</code></h2>',
    description: "d",
    navigation: [{ title: "G", links: [{ title: "Start", url: "start.html" }] }],
  });
  const asked = [...html.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, to]) => to!);
  assert(asked.includes("../start.html") && asked.includes("../assets/page.js"));
  assertEquals(asked.filter((to) => /^(https?:)?\/\//.test(to) || to.startsWith("/")), []);
  assert(html.includes("<title>A &quot;b&quot; &lt;c&gt; · Tandem</title>"));
  assert(html.includes('<li class="level2"><a href="#c"><code>C</code></a></li>'));
});

Deno.test("writePages() makes pages with ids, links of the site, coloured code and equations", () =>
  inFolder(async (folder) => {
    const start = { source: "docs/start.md", url: "start.html", title: "Start" };
    const other = { source: "docs/s/README.md", url: "s/readme.html", title: "S" };
    const text = "# Start `x`\n\n[S](s/README.md#a) <b>no</b> {{ n }} $`\\hat x`$\n\n" +
      '```sh\necho "$HOME"\n```\n\n```math\n\\frac{1}{2}\n```\n\n```\nout <1>\n```\n\ncode:\n\n    printed <2>\n\n' +
      "| a |\n| - |\n| b |\n";
    const pages = [{ ...start, text }, { ...other, text: "# S\n\n[up](../start.md)\n" }];
    const links = {
      pages: new Map(pages.map(({ source, url }) => [source, url])),
      copied: new Map(),
    };
    const entries = await writePages(pages, links, folder);
    const html = await Deno.readTextFile(`${folder}/start.html`);
    const parts = [
      '<h1 id="start-x">Start <code>x</code></h1>',
      '<a href="s/readme.html#a">S</a> &lt;b&gt;no&lt;/b&gt; {{ n }} <math',
      '<span class="hljs-variable">$HOME</span>',
      '<div class="math"><math display="block"',
      '<div class="code output"><pre tabindex="0"><code>out &lt;1&gt;\n',
      '<div class="code output"><pre tabindex="0"><code>printed &lt;2&gt;\n',
      '<div class="table" tabindex="0"><table>',
      '<a href="start.html" aria-current="page">Start</a>',
    ];
    for (const part of parts) assertStringIncludes(html, part);
    assertStringIncludes(
      await Deno.readTextFile(`${folder}/s/readme.html`),
      'href="../start.html">up',
    );
    assertEquals(entries.map(({ id }) => id).sort(), ["s/readme.html#s", "start.html#start-x"]);
  }));

Deno.test("searchEntries() cuts a page at its headings", () => {
  const html = '<h1 id="a">A</h1>\n<p>one &lt;x&gt;</p><h2 id="b"><code>B</code> c</h2><p>two</p>';
  assertEquals(searchEntries("x.html", "Page", html), [
    { id: "x.html#a", page: "Page", title: "A", text: "one <x>" },
    { id: "x.html#b", page: "Page", title: "B c", text: "two" },
  ]);
});

Deno.test("brokenLinks() finds links that lead to no file, or to no heading", () =>
  inFolder(async (folder) => {
    const page = (links: string[]) => links.map((to) => `<a href="${to}">x</a>`).join("");
    const good = ["b/c.html", "b/c.html#here", "#x", "https://x.org", "data:,"];
    await Deno.mkdir(`${folder}/b`);
    await Deno.writeTextFile(
      `${folder}/a.html`,
      `<p id="x">${page([...good, "d.html", "b/c.html#there"])}`,
    );
    await Deno.writeTextFile(`${folder}/b/c.html`, `<p id="here">${page(["../a.html"])}`);
    assertEquals(await brokenLinks(new URL(`file://${folder}/`)), [
      "a.html -> d.html: no such file",
      "a.html -> b/c.html#there: no such heading",
    ]);
  }));
