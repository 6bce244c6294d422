/** Every link within the documents leads to a file that is there, and to a heading in it. */
import { assertEquals } from "../deps.ts";
import { leadsOut, resolveLink } from "../../docs/site/links.ts";
import { type Document, headingIds, linksOf, readDocuments, ROOT } from "./documents.ts";

/** What is wrong with the links of a document. */
async function wrongLinks(
  { path, text }: Document,
  others: ReadonlyMap<string, string>,
): Promise<string[]> {
  const wrong = await Promise.all(
    linksOf(text).map(async (target) => {
      if (leadsOut(target)) return [];
      const { file, hash } = resolveLink(path, target);
      const found = await Deno.stat(new URL(file, ROOT)).catch(() => undefined);
      if (!found?.isFile) return [`${path} links to ${target}, no file`];
      const other = others.get(file);
      const missing = hash !== "" && other !== undefined && !headingIds(other).has(hash.slice(1));
      return missing ? [`${path} links to ${target}, no heading`] : [];
    }),
  );
  return wrong.flat();
}

Deno.test("the documents link to files and headings that exist", async () => {
  const documents = await readDocuments();
  const texts = new Map(documents.map(({ path, text }) => [path, text]));
  const wrong = await Promise.all(documents.map((document) => wrongLinks(document, texts)));
  assertEquals(wrong.flat(), []);
});

Deno.test("a link to a missing file, or a missing heading, is found", async () => {
  const text = "# A b\n[x](#a-b) [y](#c) [z](docs/none.md) [t](docs/site) [w](https://x.org)\n" +
    "```sh\n[not](read)\n```\n";
  const wrong = await wrongLinks({ path: "X.md", text }, new Map([["X.md", text]]));
  // A document that is not there has no headings either.
  assertEquals(wrong, [
    "X.md links to #a-b, no file",
    "X.md links to #c, no file",
    "X.md links to docs/none.md, no file",
    "X.md links to docs/site, no file",
  ]);
  const readme = await wrongLinks({ path: "README.md", text }, new Map([["README.md", text]]));
  assertEquals(readme.slice(0, 1), ["README.md links to #c, no heading"]);
});
