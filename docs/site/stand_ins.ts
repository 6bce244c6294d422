/** What stands in for packages whose own symbols would fill most of the API's pages. */

/** By specifier, the file that stands in. TensorFlow.js alone would give 2500 pages. */
export const STAND_INS: Readonly<Record<string, string>> = {
  "npm:@tensorflow/tfjs-core@4.22.0": "docs/site/tfjs_types.ts",
};

/** Writes an import map of the stand-ins and gives its path; the caller removes it. */
export async function standInMap(root: URL): Promise<string> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  const imports = Object.entries(STAND_INS).map(([name, file]) => [name, new URL(file, root).href]);
  await Deno.writeTextFile(path, JSON.stringify({ imports: Object.fromEntries(imports) }));
  return path;
}
