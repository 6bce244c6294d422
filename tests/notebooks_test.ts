/** The notebooks of docs/notebooks: that their code is right, and, where Jupyter is, that they run. */
import { assert, assertEquals } from "./deps.ts";
import { hasProgram } from "./has_program.ts";
import project from "../deno.json" with { type: "json" };
import * as tandem from "../mod.ts";
import { codeOf } from "./notebook_code.ts";
import { inFolder } from "./imaging/data/tiny_heart.ts";

const ROOT = new URL("../", import.meta.url);
const FOLDER = new URL("docs/notebooks/", ROOT);
const NAMES = [...Deno.readDirSync(FOLDER)].map(({ name }) => name)
  .filter((name) => name.endsWith(".ipynb")).sort();

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Notebook {
  readonly nbformat: number;
  readonly metadata: { readonly kernelspec: { readonly name: string } };
  readonly cells: readonly {
    readonly cell_type: string;
    readonly id: string;
    readonly source: readonly string[];
    readonly outputs?: readonly Output[];
  }[];
}

const textOf = (name: string) => Deno.readTextFile(new URL(name, FOLDER));

/** As it stands, but Tandem is found from any folder. */
const fromAnywhere = (text: string) => text.replaceAll("../../mod.ts", `${ROOT.href}mod.ts`);

/** Fewer steps and smaller slices than people see. */
function quick(text: string): string {
  const changed = text
    .replaceAll(/maxSteps: \d+/g, "maxSteps: 2")
    .replaceAll(/size: 64, spacing: [\d.]+/g, "size: 32, spacing: 6")
    .replaceAll("data.size=48", "data.size=32")
    .replaceAll("data.spacing=3.2", "data.spacing=6")
    .replaceAll("subjects: 8", "subjects: 6")
    .replaceAll("seeds: [0, 1]", "seeds: [0]");
  assert(changed.includes("maxSteps: 2,") && /size(: |=)32/.test(changed));
  return changed;
}

Deno.test("notebooks are for Deno's kernel and kept without what they print", async () => {
  assert(NAMES.length >= 3);
  for (const name of NAMES) {
    const { nbformat, metadata, cells } = JSON.parse(await textOf(name)) as Notebook;
    assertEquals([nbformat, metadata.kernelspec.name], [4, "deno"]);
    assertEquals(new Set(cells.map(({ id }) => id)).size, cells.length, name);
    assertEquals(cells.flatMap(({ outputs = [] }) => outputs), [], name);
  }
});

Deno.test("notebooks ask for what Tandem has; their types are held by `deno task check`", async () => {
  for (const name of NAMES) {
    const code = codeOf(await textOf(name));
    assert(code.includes('import * as tandem from "../../mod.ts";'));
    const asked = [...code.matchAll(/\btandem\.(\w+)/g)].map(([, name]) => name!);
    assert(asked.length > 5);
    assertEquals(asked.filter((name) => !Object.hasOwn(tandem, name)), [], name);
  }
  assert(project.tasks.check.includes("tests/notebook_code.ts"));
});

const jupyter = await hasProgram("jupyter", "nbconvert", "--version");

Deno.test({
  name: "notebooks run, and show pictures, tables and one line of progress" +
    (jupyter ? "" : ": ignored, there is no jupyter-nbconvert here"),
  ignore: !jupyter,
  fn: () =>
    inFolder(async (folder) => {
      await Deno.mkdir(`${folder}/kernels/deno`, { recursive: true });
      await Deno.writeTextFile(
        `${folder}/kernels/deno/kernel.json`,
        JSON.stringify({
          argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
          display_name: "Deno",
          language: "typescript",
        }),
      );
      for (const name of NAMES) {
        await Deno.writeTextFile(`${folder}/${name}`, quick(fromAnywhere(await textOf(name))));
      }
      const { success, stderr } = await new Deno.Command("jupyter", {
        args: ["nbconvert", "--to", "notebook", "--execute", "--inplace", ...NAMES],
        cwd: folder,
        env: { JUPYTER_PATH: folder, NO_COLOR: "1" },
      }).output();
      assert(success, new TextDecoder().decode(stderr));
      for (const name of NAMES) {
        const { cells } = JSON.parse(await Deno.readTextFile(`${folder}/${name}`)) as Notebook;
        const shown = cells.flatMap(({ outputs = [] }) => outputs);
        const having = (type: string) => shown.filter(({ data }) => data?.[type]).length;
        assert(having("image/png") >= 1 && having("text/html") >= 2, name);
        // a line is changed, not repeated
        const lines = shown.filter(({ output_type }) => output_type === "display_data");
        const trainings = cells.filter(({ source }) =>
          source.join("").includes("otebookProgress(")
        );
        assertEquals(lines.length, trainings.length, name);
      }
    }),
});
