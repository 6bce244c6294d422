import { basename, join, parseCsv } from "../../../../lib/base/deps/std.ts";
import { openStudy } from "../../../../lib/workflows/study/results/open_study.ts";
import { summarise } from "../../../../lib/workflows/study/results/summarise.ts";
import { writeTables } from "../../../../lib/workflows/study/results/table_files.ts";
import { assert, assertEquals, assertStringIncludes } from "../../../deps.ts";
import { madePlan, madeResult } from "../made_results.ts";
import { type SyntheticOptions, writeSyntheticStudy } from "../synthetic_study.ts";

async function withTables(
  options: SyntheticOptions,
  test: (read: (name: string) => Promise<string>, written: readonly string[]) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await writeSyntheticStudy(dir, { pictures: false, ...options });
    const { plan, results } = await openStudy(dir);
    const written = await writeTables(dir, summarise(plan, results, { resamples: 200 }));
    await test((name) => Deno.readTextFile(join(dir, name)), written.map((path) => basename(path)));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("writeTables() writes Table 1, domains and flags in four formats that agree", async () => {
  await withTables({}, async (read, written) => {
    assertEquals(
      written,
      ["table1", "cross_domains", "flags"].flatMap((name) =>
        ["md", "tex", "csv", "json"].map((extension) => `${name}.${extension}`)
      ),
    );
    const { rows } = JSON.parse(await read("table1.json"));
    const { mean, low, high, comparison } = rows[2].ftn.cells.RandBias;
    assert(mean !== Number(mean.toFixed(3)), "JSON is rounded");
    const cell = `${mean.toFixed(3)}** \\[${low.toFixed(3)}, ${high.toFixed(3)}\\]`;
    const markdown = await read("table1.md");
    assertStringIncludes(markdown, cell);
    assertStringIncludes(markdown, "Average without STN | Average with STN |");
    assertStringIncludes(markdown, "All columns but the last hold the fast-thinking");
    assertStringIncludes(await read("cross_domains.md"), "Columns hold the fast-thinking");
    assertStringIncludes(await read("table1.tex"), `\\textbf{${mean.toFixed(3)}}`);
    const csv = parseCsv(await read("table1.csv"));
    const row = csv.find((one) =>
      one.method === "full" && one.network === "ftn" && one.column === "RandBias"
    );
    assertEquals(Number(row?.mean), mean);
    assertEquals(Number(row?.holmPValue), comparison.holmPValue);
    assertEquals(csv.filter(({ column }) => column === "average").length, 5);
  });
});

Deno.test("writeTables() has no spreadsheet take the name of a domain for a formula", async () => {
  const dir = await Deno.makeTempDir(), name = '=HYPERLINK("http://x")';
  const plan = madePlan(["full"]);
  const volumes = [1, 2].map((n) => ({ set: name, subject: `s${n}`, ftn: 0.5 + n / 10 }));
  const results = [madeResult({ method: "full" }, { [name]: "cross" }, volumes)];
  await writeTables(dir, summarise(plan, results, { resamples: 100 }));
  const rows = parseCsv(await Deno.readTextFile(join(dir, "cross_domains.csv")));
  assertEquals(rows[0]!.column, `'${name}`);
  assertStringIncludes(await Deno.readTextFile(join(dir, "cross_domains.json")), "=HYPERLINK");
  await Deno.remove(dir, { recursive: true });
});

Deno.test("writeTables() writes a table by training subjects where there are several numbers", async () => {
  await withTables({ trainingSubjects: [1, null], seeds: [0] }, async (read, written) => {
    assert(written.includes("low_data.md"));
    assertStringIncludes(await read("low_data.md"), "| Method | 1 | all |");
    // Table 1 is that of all subjects.
    assertEquals(JSON.parse(await read("table1.json")).rows.length, 3);
  });
});
