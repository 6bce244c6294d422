/** Writes the code of each notebook as a module, so that `deno task check` holds it to types with all else. */
const FOLDER = new URL("../docs/notebooks/", import.meta.url);

/** The code cells of a notebook as one module. */
export function codeOf(notebook: string): string {
  const { cells } = JSON.parse(notebook) as {
    cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
  };
  return cells.filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => source.join("") + "\n").join("");
}

if (import.meta.main) {
  const code = new URL(".code/", FOLDER);
  await Deno.remove(code, { recursive: true }).catch(() => {});
  await Deno.mkdir(code);
  for await (const { name } of Deno.readDir(FOLDER)) {
    if (!name.endsWith(".ipynb")) continue;
    const text = codeOf(await Deno.readTextFile(new URL(name, FOLDER)));
    const path = new URL(name.replace(".ipynb", ".ts"), code);
    await Deno.writeTextFile(path, text.replaceAll("../../mod.ts", "../../../mod.ts"));
  }
}
