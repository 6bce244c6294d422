/** Declarations (`.d.ts`) of what Node users import, by the compiler itself. */
import { ts } from "../deps.ts";
import { withPackagesBeside } from "../packages_beside.ts";
import { type SourceFile, withJsNames } from "../sources.ts";

/**
 * The declarations that the entries need, by their path in the package. The compiler sees the sources in a
 * folder of their own beside links to the packages, as Node would.
 *
 * @param entries Paths of modules from Tandem's own folder.
 */
export async function declarations(
  sources: readonly SourceFile[],
  entries: readonly string[],
): Promise<Map<string, string>> {
  return await withPackagesBeside(sources, entries, (folder) => {
    const program = ts.createProgram(entries.map((path) => `${folder}/${path}`), {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      preserveSymlinks: true,
      declaration: true,
      emitDeclarationOnly: true,
      // `deno task check` has checked them
      noCheck: true,
    });
    const all = new Map<string, string>();
    const { diagnostics } = program.emit(undefined, (path, text) => {
      all.set(path.slice(folder.length + 1), withJsNames(text));
    });
    if (diagnostics.length > 0) {
      const said = diagnostics.map(({ messageText }) =>
        ts.flattenDiagnosticMessageText(messageText, "\n")
      );
      throw new Error(`Cannot write declarations: ${said.join("\n")}`);
    }
    return reached(all, entries);
  });
}

/** Those that the entries' declarations import, all the way down. */
function reached(
  all: ReadonlyMap<string, string>,
  entries: readonly string[],
): Map<string, string> {
  const found = new Map<string, string>(), open = entries.map(declarationOf);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const text = all.get(path);
    if (found.has(path)) continue;
    if (text === undefined) throw new Error(`Cannot write declarations: ${path} is missing`);
    found.set(path, text);
    // not what examples import
    const code = text.replace(/^ *\/?\*.*$/gm, "");
    for (const [, name] of code.matchAll(/["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      open.push(declarationOf(new URL(name!, `file:///${path}`).pathname.slice(1)));
    }
  }
  return found;
}

/** The declaration of a module. */
export function declarationOf(path: string): string {
  return path.replace(/\.[jt]sx?$/, ".d.ts");
}
