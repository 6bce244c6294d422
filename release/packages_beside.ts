/** Sources for TypeScript's own compiler, which knows no `npm:`. */
import { ROOT, type SourceFile, withBareNames } from "./sources.ts";

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

/** Puts links to packages into `node_modules` of a folder. */
export async function linkPackages(folder: string, entries: readonly string[]): Promise<void> {
  for (const [name, place] of await packagePlaces(entries)) {
    const link = `${folder}/node_modules/${name}`;
    await Deno.mkdir(link.replace(/[^/]*$/, ""), { recursive: true });
    await Deno.symlink(place, link, { type: "dir" });
  }
}

/**
 * Lets the compiler see sources in a folder of their own beside links to their packages, as Node would.
 *
 * @param entries Modules whose packages are wanted.
 * @param work Is given the folder, which is removed afterwards.
 */
export async function withPackagesBeside<T>(
  sources: readonly SourceFile[],
  entries: readonly string[],
  work: (folder: string) => T,
): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "tandem-types-" });
  try {
    for (const { path, bytes } of sources) {
      if (!path.endsWith(".ts")) continue;
      await Deno.mkdir(`${folder}/${path}`.replace(/[^/]*$/, ""), { recursive: true });
      const text = withBareNames(new TextDecoder().decode(bytes), new Map());
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    await linkPackages(folder, entries);
    return work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
