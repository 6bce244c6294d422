/** What stands in for packages whose own symbols would fill most of the API's pages. */

/** A file that stands in for a package, and the one that pins the package. */
interface StandIn {
  readonly file: string;
  readonly pinnedBy: string;
}

/** By specifier. TensorFlow.js alone would give 2500 pages. */
const STAND_INS: Readonly<Record<string, StandIn>> = {
  "npm:@tensorflow/tfjs-core@4.22.0": {
    file: "docs/site/tfjs_types.ts",
    pinnedBy: "wasm/deps/tfjs_core.ts",
  },
  "npm:zod@4.6.7": { file: "docs/site/zod_types.ts", pinnedBy: "lib/base/deps/zod.ts" },
};

/** For a file that stands in the one that pins the package; any other as it is. */
export function pinOf(path: string): string {
  return Object.values(STAND_INS).find(({ file }) => file === path)?.pinnedBy ?? path;
}

/** Writes an import map of the stand-ins and gives its path; the caller removes it. */
export async function standInMap(root: URL): Promise<string> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  const imports = Object.entries(STAND_INS).map((
    [name, { file }],
  ) => [name, new URL(file, root).href]);
  await Deno.writeTextFile(path, JSON.stringify({ imports: Object.fromEntries(imports) }));
  return path;
}
