/** Nothing but layouts, splits, presets and the phantom knows an organ or a data set by name. */
import { assert, assertEquals } from "./deps.ts";

const ROOT = new URL("../", import.meta.url);

/** What is of one organ or one data set. */
const OF_ONE = [
  "lib/names.ts",
  "lib/base/config/presets.ts",
  "lib/imaging/data/layouts/",
  "lib/imaging/data/splits/named_splits.ts",
  "lib/imaging/phantom/",
];

/** Files that may say it, each with its reason. */
const MAY_SAY: ReadonlyMap<string, string> = new Map([
  ["lib/imaging/data/cases/write_phantom.ts", "the phantom's own README.txt"],
  ["lib/imaging/artifacts/physical/bssfp.ts", "the physics of cine"],
  ["lib/imaging/artifacts/physical/noise.ts", "reads records that older versions wrote"],
  ["lib/workflows/study/results/compare_runs.ts", "tells phantoms of two seeds apart"],
]);

/** The phantom is a heart, with labels of its own. */
const PHANTOM =
  /\bphantom hearts?\b|\b[Ss]ynthetic (cine )?hearts?\b|\bMNMS_TASK\b|\b(Left|Right)Ventricle\b|"[./\w]*\/layouts\/cardiac\.ts"/g;

const WORDS = /\bhearts?\b|ventric(le|ular)|cardiac|myocardi/i;
const ACRONYMS = /\b(LV|MYO|RV|ACDC|M&Ms)\b/;

/** The lines of a text that name an organ or a data set, with their numbers. */
function naming(text: string): string[] {
  return text.replaceAll(PHANTOM, "").split("\n").flatMap((line, n) =>
    WORDS.test(line) || ACRONYMS.test(line) ? [`${n + 1}: ${line.trim()}`] : []
  );
}

async function* modulesIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) yield* modulesIn(`${folder}${name}/`);
    else if (name.endsWith(".ts")) yield folder + name;
  }
}

Deno.test("naming() sees names of organs and data sets, and no other words", () => {
  const seen = ["the RV", "Heart", "hearts", "left ventricle", "MYO, LV", "of ACDC", "M&Ms' own"];
  for (const text of seen) assertEquals(naming(text).length, 1, text);
  const unseen = ["heartbeats", "heartbeatsOfLines", "lv", "phantom hearts", "MRV", "mnms", "acdc"];
  for (const text of unseen) assertEquals(naming(text), [], text);
});

Deno.test("no file but those of one organ names an organ or a data set", async () => {
  const found: string[] = [], needless = new Set(MAY_SAY.keys());
  for (const folder of ["lib/", "cli/", "wasm/"]) {
    for await (const path of modulesIn(folder)) {
      if (OF_ONE.some((place) => path.startsWith(place))) continue;
      const lines = naming(await Deno.readTextFile(new URL(path, ROOT)));
      if (lines.length === 0) continue;
      if (!needless.delete(path)) found.push(...lines.map((line) => `${path}:${line}`));
    }
  }
  assertEquals(found, []);
  assertEquals([...needless], [], "these need no exception any more");
  const api = await Deno.readTextFile(new URL("mod.ts", ROOT));
  assert(naming(api).length === 0);
});
