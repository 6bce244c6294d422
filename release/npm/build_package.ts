/** The folder of the npm package: modules as JavaScript at the places that their sources have. */
import project from "../../deno.json" with { type: "json" };
import { ts } from "../deps.ts";
import { builtPage } from "../page.ts";
import { declarations } from "./declarations.ts";
import { ENTRIES, manifest } from "./manifest.ts";
import { readSources, ROOT, type SourceFile, withBareNames, withJsNames } from "../sources.ts";

/** What goes with the modules as it is: where it lies, by where it goes. */
const BESIDE: Readonly<Record<string, string>> = {
  "LICENSE": "LICENSE",
  "bin/tandem.js": "release/npm/tandem.js",
  "README.md": "release/npm/README.md",
  "web/index.html": "web/index.html",
  "web/style.css": "web/style.css",
};

/** The modules that Node users import, by their paths from Tandem's own folder. */
export const NODE_MODULES = [...ENTRIES.values()].map((name) => `release/node/${name}.ts`);

/**
 * All files of the package by their paths. Its modules are importable by Node, and by a Deno that is told to
 * take packages from `node_modules`; the command line is such.
 *
 * @throws {Error} If two modules pin different versions of a package.
 */
export async function packageFiles(): Promise<Map<string, Uint8Array<ArrayBuffer> | string>> {
  const sources = await readSources(), packages = new Map([["deno", Deno.version.deno]]);
  const files = new Map<string, Uint8Array<ArrayBuffer> | string>();
  for (const source of sources) files.set(...asJavaScript(source, packages));
  for (const [path, text] of await declarations(sources, NODE_MODULES)) files.set(path, text);
  for (const [path, bytes] of await builtPage()) files.set(path, bytes);
  for (const [path, from] of Object.entries(BESIDE)) {
    files.set(path, await Deno.readFile(new URL(from, ROOT)));
  }
  const { name, version } = project;
  // the version that the modules import, and what Deno is told of packages by whoever starts them
  files.set("deno.json", json({ name, version, nodeModulesDir: "manual" }));
  files.set("package.json", json(manifest(project, packages)));
  return files;
}

/**
 * A module as JavaScript that Node 20 knows, which has no `using`, or a binary, by the path that it has in
 * the package.
 *
 * @param packages Gets the version of each package that is imported, by name.
 */
export function asJavaScript(
  { path, bytes }: SourceFile,
  packages: Map<string, string>,
): [path: string, content: Uint8Array<ArrayBuffer> | string] {
  if (path === "wasm/grid_kernels.wasm") return [`${path}.js`, embedded(bytes)];
  if (path.endsWith(".wasm")) return [path, bytes];
  const text = withBareNames(new TextDecoder().decode(bytes), packages);
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  return [path.replace(/\.ts$/, ".js"), withJsNames(outputText)];
}

/** A module that holds a binary, in the place of one that is imported: Node 20 imports none. */
function embedded(bytes: Uint8Array<ArrayBuffer>): string {
  const names = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
  return `const text = "${bytes.toBase64()}";
const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
export const { ${names.join(", ")} } = exports;
`;
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2) + "\n";
}
