/** What a module imports, all the way down, as `deno info` sees it. */

interface InfoModule {
  readonly specifier: string;
  readonly npmPackage?: string;
  readonly dependencies?: readonly {
    readonly isDynamic?: boolean;
    readonly code?: { readonly specifier?: string };
  }[];
}

interface Info {
  readonly roots: readonly string[];
  readonly redirects: Readonly<Record<string, string>>;
  readonly modules: readonly InfoModule[];
  readonly npmPackages: Readonly<
    Record<string, {
      readonly name: string;
      readonly version: string;
      readonly dependencies: readonly string[];
      readonly localPath: string;
    }>
  >;
}

/** What is loaded, types left out. */
export interface ModuleGraph {
  /** URLs of the modules that are not in packages. */
  readonly modules: ReadonlySet<string>;
  /** The packages, with those that they depend on: where each lies, by `name@version`. */
  readonly packages: ReadonlyMap<string, string>;
}

/**
 * The graph of a module: what is fetched before anything runs, `import("...")` included; or with
 * `atOnce` what is also loaded by then.
 */
export async function moduleGraph(url: URL, { atOnce = false } = {}): Promise<ModuleGraph> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", url.href],
    cwd: new URL("../", import.meta.url),
    env: { NO_COLOR: "1" },
  }).output();
  const info: Info = JSON.parse(new TextDecoder().decode(stdout));
  const byUrl = new Map(info.modules.map((module) => [module.specifier, module]));
  const modules = new Set<string>(), packages = new Map<string, string>();
  const addPackage = (id: string) => {
    const { name, version, dependencies, localPath } = info.npmPackages[id]!;
    if (packages.has(`${name}@${version}`)) return;
    packages.set(`${name}@${version}`, localPath);
    dependencies.forEach(addPackage);
  };
  const add = (specifier: string) => {
    const module = byUrl.get(info.redirects[specifier] ?? specifier);
    if (module === undefined || modules.has(module.specifier)) return;
    if (module.npmPackage !== undefined) return addPackage(module.npmPackage);
    modules.add(module.specifier);
    for (const { code, isDynamic } of module.dependencies ?? []) {
      if (code?.specifier !== undefined && !(atOnce && isDynamic)) add(code.specifier);
    }
  };
  info.roots.forEach(add);
  return { modules, packages };
}
