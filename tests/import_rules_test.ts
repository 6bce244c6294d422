/** The rules of ARCHITECTURE.md on who imports whom, held to every file. */
import { assert, assertEquals } from "./deps.ts";

const ROOT = new URL("../", import.meta.url);
const HOUSE = /^lib\/\n(.*?)^wasm\/ /ms.exec(
  await Deno.readTextFile(new URL("ARCHITECTURE.md", ROOT)),
)![1]!;

/** Wings from top to bottom, each with its rooms from top to bottom, as ARCHITECTURE.md has them. */
const WINGS: ReadonlyMap<string, readonly string[]> = new Map(
  HOUSE.split(/^ {2}(?=\w+\/)/m).slice(1).map((text) => [
    /^\w+/.exec(text)![0],
    [...text.matchAll(/^ {4}(\w+)\/ /gm)].map((match) => match[1]!),
  ]),
);

/** What of the backend a wing may import; the other wings nothing. */
const OF_WASM: Readonly<Record<string, readonly string[]>> = {
  workflows: ["wasm/mod.ts"],
  learning: ["wasm/mod.ts"],
  imaging: ["wasm/grid.ts"],
  gpu: ["wasm/mod.ts"],
};

/** Where `Deno.` may stand; elsewhere code runs in a browser too. */
const MAY_SAY_DENO = [
  "cli/",
  "lib/workflows/",
  "lib/formats/",
  "lib/imaging/data/layouts/",
  "lib/imaging/data/cases/",
  "wasm/build.ts",
  "release/",
];

/** And where it may not, below these: Node imports it. */
const FOR_NODE = "release/node/";

/** The modules below a folder, by their paths from the root. */
async function modulesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) found.push(...await modulesIn(`${folder}${name}/`));
    else if (/\.tsx?$/.test(name)) found.push(folder + name);
  }
  return found;
}

interface Module {
  readonly path: string;
  /** Its text without comments. */
  readonly code: string;
  /** The files it imports or re-exports, types included. */
  readonly imports: readonly string[];
}

async function readModule(path: string): Promise<Module> {
  const url = new URL(path, ROOT);
  const code = (await Deno.readTextFile(url)).replace(/^ *(\/?\*|\/\/).*$/gm, "");
  const specifiers = code.matchAll(/(?:\bfrom |\bimport\(|^import )\s*"(\.[^"]+)"/gm);
  const imports = [...specifiers].map(([, specifier]) =>
    new URL(specifier!, url).href.slice(ROOT.href.length)
  );
  return { path, code, imports: [...new Set(imports)] };
}

// Kernels are AssemblyScript, with imports of their own kind.
const paths = (await Promise.all(["lib/", "wasm/", "cli/", "web/", "release/"].map(modulesIn)))
  .flat()
  .filter((path) => !path.startsWith("wasm/kernels/"));
const MODULES = await Promise.all([...paths.sort(), "mod.ts"].map(readModule));

/** What the command line imports; `deno.json` has the version. */
const OF_CLI = ["mod.ts", "lib/names.ts", "lib/base/text/shell_word.ts", "deno.json"];

/** What is wrong with this import; undefined where nothing is. */
function wrongWith(path: string, imported: string): string | undefined {
  const [part, wing, room] = path.split("/");
  const [otherPart, otherWing, otherRoom] = imported.split("/");
  if (path === "mod.ts") return otherPart === "lib" || otherPart === "wasm" ? undefined : "API";
  if (path === "lib/names.ts") return "names.ts imports nothing";
  if (part === "cli") {
    const may = otherPart === "cli" || OF_CLI.includes(imported);
    return may ? undefined : `cli imports ${OF_CLI.join(", ")} only`;
  }
  if (part === "web") {
    if (otherPart === "web") return undefined;
    if (otherPart === "wasm") return imported === "wasm/mod.ts" ? undefined : "deeper into wasm";
    const schema = /^lib\/workflows\/view\/page_\w+\.ts$/.test(imported);
    return otherPart === "lib" && (otherWing !== "workflows" || schema) ? undefined : "web";
  }
  if (part === "release") {
    const may = ["lib", "wasm", "release", "mod.ts", "deno.json"].includes(otherPart!);
    return may ? undefined : "release imports the library and itself";
  }
  if (part === "wasm") return otherPart === "wasm" ? undefined : "wasm knows nothing of the rest";
  if (otherPart === "wasm") {
    return OF_WASM[wing!]?.includes(imported) ? undefined : "deeper into wasm than allowed";
  }
  if (imported === "lib/base/config/config_schema.ts" && ["learning", "imaging"].includes(wing!)) {
    return "each room states its own options";
  }
  if (imported === "deno.json") return wing === "workflows" ? undefined : "deno.json";
  if (otherPart !== "lib") return "lib knows nothing of what stands on it";
  if (imported === "lib/names.ts") return undefined;
  const wings = [...WINGS.keys()], rooms = WINGS.get(wing!)!;
  if (wings.indexOf(wing!) > wings.indexOf(otherWing!)) return `${otherWing} is above ${wing}`;
  if (wing === otherWing && rooms.indexOf(room!) > rooms.indexOf(otherRoom!)) {
    return `${otherRoom} is above ${room}`;
  }
  return undefined;
}

/** The circles of imports: groups of modules that reach one another (Tarjan). */
function circles(modules: readonly Module[]): string[][] {
  const imports = new Map(modules.map((module) => [module.path, module.imports]));
  const order = new Map<string, number>(), lowest = new Map<string, number>();
  const open: string[] = [], found: string[][] = [];
  const visit = (path: string) => {
    order.set(path, order.size);
    lowest.set(path, order.get(path)!);
    open.push(path);
    for (const next of imports.get(path) ?? []) {
      if (!order.has(next)) visit(next);
      // What is closed belongs to a circle of its own.
      if (!open.includes(next)) continue;
      lowest.set(path, Math.min(lowest.get(path)!, lowest.get(next)!));
    }
    if (lowest.get(path) !== order.get(path)) return;
    const circle = open.splice(open.indexOf(path));
    if (circle.length > 1 || imports.get(path)?.includes(path)) found.push(circle);
  };
  for (const { path } of modules) if (!order.has(path)) visit(path);
  return found;
}

Deno.test("ARCHITECTURE.md lists the wings and rooms that lib has", async () => {
  const found = new Map<string, string[]>();
  for await (const { name, isDirectory } of Deno.readDir(new URL("lib/", ROOT))) {
    if (!isDirectory) {
      assert(HOUSE.includes(`  ${name} `), `ARCHITECTURE.md does not name lib/${name}`);
      continue;
    }
    const rooms: string[] = [];
    for await (const room of Deno.readDir(new URL(`lib/${name}/`, ROOT))) rooms.push(room.name);
    found.set(name, rooms.sort());
  }
  const sorted = [...WINGS].map(([wing, rooms]) => [wing, rooms.toSorted()] as const);
  assertEquals(new Map(sorted), found);
});

Deno.test("imports run downwards, by wing and by room", () => {
  const wrong = MODULES.flatMap(({ path, imports }) =>
    imports.flatMap((imported) => {
      const rule = wrongWith(path, imported);
      return rule === undefined ? [] : [`${path} -> ${imported}: ${rule}`];
    })
  );
  assertEquals(wrong, []);
});

Deno.test("no files import one another in a circle, for types neither", () => {
  assertEquals(circles(MODULES), []);
});

Deno.test("circles() finds circles and only these", () => {
  const made = (path: string, ...imports: string[]) => ({ path, code: "", imports });
  const line = [made("a", "b", "c"), made("b", "c"), made("c")];
  assertEquals(circles(line), []);
  const knot = [made("a", "b"), made("b", "c", "d"), made("c", "b"), made("d", "d")];
  assertEquals(circles(knot).map((circle) => circle.join()), ["d", "b,c"]);
});

Deno.test("only workflows, formats, layouts and cases say Deno", () => {
  const wrong = MODULES.filter(({ path, code }) =>
    /\bDeno\b/.test(code.replaceAll(/"[^"\n]*"/g, "")) &&
    (path.startsWith(FOR_NODE) || !MAY_SAY_DENO.some((place) => path.startsWith(place)))
  ).map(({ path }) => path);
  assertEquals(wrong, []);
});

Deno.test("cli imports mod.ts when an action runs, or its types", () => {
  const early = /^(import|export) (?!type )[^;]*?from "(\.\.\/)+mod\.ts"/m;
  const wrong = MODULES.filter(({ path, code }) => path.startsWith("cli/") && early.test(code));
  assertEquals(wrong.map(({ path }) => path), []);
});
