/** Declarations (`.d.ts`) of what Node users import, by the compiler itself. */
import { ts } from "../deps.ts";
import { ROOT, type SourceFile, withBareNames, withJsNames } from "../sources.ts";

/** What `deno info` tells of packages, as far as it is used. */
interface GraphInfo {
  readonly npmPackages: Readonly<
    Record<string, { readonly name: string; readonly localPath: string }>
  >;
}

/** Where the packages lie that these modules import, by name; nothing is fetched twice. */
export async function packagePlaces(entries: readonly string[]): Promise<Map<string, string>> {
  const places = new Map<string, string>();
  for (const entry of entries) {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", new URL(entry, ROOT).href],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    if (!success) throw new Error(`Cannot look into ${entry}: ${new TextDecoder().decode(stderr)}`);
    const { npmPackages }: GraphInfo = JSON.parse(new TextDecoder().decode(stdout));
    for (const { name, localPath } of Object.values(npmPackages)) places.set(name, localPath);
  }
  return places;
}

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
  const folder = await Deno.makeTempDir({ prefix: "tandem-types-" });
  try {
    for (const { path, bytes } of sources) {
      if (!path.endsWith(".ts")) continue;
      await Deno.mkdir(`${folder}/${path}`.replace(/[^/]*$/, ""), { recursive: true });
      const text = withBareNames(new TextDecoder().decode(bytes), new Map());
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    for (const [name, place] of await packagePlaces(entries)) {
      const link = `${folder}/node_modules/${name}`;
      await Deno.mkdir(link.replace(/[^/]*$/, ""), { recursive: true });
      await Deno.symlink(place, link, { type: "dir" });
    }
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
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
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
    for (const [, name] of text.matchAll(/["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      open.push(declarationOf(new URL(name!, `file:///${path}`).pathname.slice(1)));
    }
  }
  return found;
}

/** The declaration of a module. */
export function declarationOf(path: string): string {
  return path.replace(/\.[jt]sx?$/, ".d.ts");
}
