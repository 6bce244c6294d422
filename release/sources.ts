/** The modules that releases are made of, and their text turned into what Node resolves. */

/** Tandem's own folder. */
export const ROOT = new URL("../", import.meta.url);

/** Folders of modules, and modules. */
const PARTS = ["mod.ts", "cli/", "lib/", "wasm/", "release/node/"];

/** What builds the kernels, or is what they are built from. */
const LEFT_OUT = /^wasm\/(kernels\/(?!sizes\.ts$)|debug\/|build\.ts$|argument_classes\.ts$)/;

/** A file, by its path from Tandem's own folder. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** All files, sorted by path. */
export async function readSources(): Promise<SourceFile[]> {
  const paths = (await Promise.all(PARTS.map(filesIn))).flat().filter((path) =>
    !LEFT_OUT.test(path) && /\.(ts|tsx|wasm)$/.test(path)
  );
  return await Promise.all(
    paths.sort().map(async (path) => ({ path, bytes: await Deno.readFile(new URL(path, ROOT)) })),
  );
}

async function filesIn(path: string): Promise<string[]> {
  if (!path.endsWith("/")) return [path];
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(path, ROOT))) {
    found.push(...await filesIn(`${path}${name}${isDirectory ? "/" : ""}`));
  }
  return found;
}

/** The modules that these reach, by whatever relative name stands in their text; late imports and workers too. */
export function importedBy(
  sources: readonly SourceFile[],
  entries: readonly string[],
): ReadonlySet<string> {
  const texts = new Map(sources.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));
  const found = new Set<string>(), open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const text = texts.get(path);
    if (text === undefined || found.has(path)) continue;
    found.add(path);
    for (const [, name] of text.matchAll(/["'](\.{1,2}\/[^"'\n]*\.tsx?)["']/g)) {
      open.push(new URL(name!, `file:///${path}`).pathname.slice(1));
    }
  }
  return found;
}

/**
 * The modules that no import names: those of workers, and those that are imported late by a name that the
 * graph of modules does not show.
 */
export function hiddenModules(sources: readonly SourceFile[]): string[] {
  const found = new Set<string>();
  for (const { path, bytes } of sources) {
    const text = new TextDecoder().decode(bytes).replace(/^ *(\/?\*|\/\/).*$/gm, "");
    for (
      const [whole, name] of text.matchAll(/(?:from |import |import\()?"(\.{1,2}\/[^"\n]*\.ts)"/g)
    ) {
      if (whole.startsWith('"')) found.add(new URL(name!, `file:///${path}`).pathname.slice(1));
    }
  }
  return [...found].filter((path) => sources.some((source) => source.path === path)).sort();
}

/** `npm:name@version/path` in quotes, with a scope or without. */
const NPM = /(["'`])npm:((?:@[\w.-]+\/)?[\w.-]+)@(\d[\w.+-]*)/g;

/** A text that Node resolves: `npm:zod@4.6.7` becomes `zod`. `found` gets each name's version. */
export function withBareNames(text: string, found: Map<string, string>): string {
  return text.replace(NPM, (_whole, quote: string, name: string, version: string) => {
    const other = found.get(name);
    if (other !== undefined && other !== version) {
      throw new Error(`Cannot make the package: ${name} is pinned to ${other} and to ${version}`);
    }
    found.set(name, version);
    return quote + name;
  });
}

/** Text in which relative names of TypeScript files, which workers and late imports have too, are those of JavaScript. */
export function withJsNames(text: string): string {
  return text.replace(/(["'])(\.{1,2}\/[^"'\n]*?)\.tsx?\1/g, "$1$2.js$1")
    .replace(/(["'])(\.{1,2}\/[^"'\n]*?\.wasm)\1(?=;)/g, "$1$2.js$1");
}
