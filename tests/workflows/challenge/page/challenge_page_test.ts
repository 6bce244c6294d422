import { toFileUrl } from "../../../../lib/base/deps/std.ts";
import { assert, assertEquals } from "../../../deps.ts";
import { findChromium, withChromium } from "../../../chromium.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { markdownTable } from "../../../../lib/base/report/text_table.ts";
import { challengePage } from "../../../../lib/workflows/challenge/page/challenge_page.ts";
import type { ChallengeResults } from "../../../../lib/workflows/challenge/results/challenge_results.ts";
import { measureTable } from "../../../../lib/workflows/challenge/results/result_tables.ts";
import {
  compareRobustness,
  type GradedSet,
  robustnessOf,
} from "../../../../lib/workflows/challenge/results/robustness.ts";
import { examinePage } from "../../study/page/examine_page.ts";

const HOSTILE = `<script>alert("x")</script>|`;

const SETS: readonly GradedSet[] = ["noise", "motion"].flatMap((transform) =>
  [1, 2, 3, 4, 5].map((severity) => ({ name: `${transform}-${severity}`, transform, severity }))
);

/** Two models, the second of which loses more. */
function made(): ChallengeResults {
  const scores = [1, 2].map((model) => {
    const rng = RandomStream.fromSeed(model);
    return new Map(
      ["clean", ...SETS.map(({ name }) => name)].map((name) => [
        name,
        new Map(["a", "b", "c", "d"].map((subject) => {
          const severity = Number(name.at(-1)) || 0;
          return [subject, 0.9 - 0.05 * model * severity * rng.uniform()];
        })),
      ]),
    );
  });
  const options = { resamples: 200 };
  const robustness = scores.map((own) => robustnessOf(own, SETS, true, options));
  return {
    ...{ suite: "rood-mri", seed: 0, madeBy: "tandem", labels: ["LV"], sets: SETS, volumes: 44 },
    reference: "first",
    models: [{ name: "first", source: HOSTILE }, { name: "second", source: "b.onnx" }],
    scored: { first: 44, second: 40 },
    metrics: ["dice", "nsd2mm"].map((id) => ({
      ...{ id, title: id, higherIsBetter: true },
      models: [
        { name: "first", robustness: robustness[0]!, missing: 0 },
        {
          name: "second",
          robustness: robustness[1]!,
          missing: 0,
          tests: compareRobustness(scores[1]!, scores[0]!, SETS, true, options),
        },
      ],
    })),
  };
}

const failures = [{ model: "second", what: "noise-1/p1", message: HOSTILE }];

Deno.test("challengePage() shows curves, tables and failures, and takes text for text", async () => {
  const page = await challengePage(made(), failures);
  assertEquals(page.match(/<svg class="chart"/g)?.length, 2 * 2);
  assert(!page.includes("<script"), "a script");
  for (const id of ["scores", "severity", "transforms", "others", "failures", "origin"]) {
    assert(page.includes(`<section id="${id}">`), id);
  }
});

Deno.test("measureTable() marks the best of each measure and tells who lacks scores", () => {
  const results = made(), table = measureTable(results, results.metrics[0]!);
  const [first, second] = table.rows;
  const [overall, loss] = [1, 2].map((n) => [first!.cells[n]!.best, second!.cells[n]!.best]);
  assertEquals([overall, loss], [[true, undefined], [true, undefined]]);
  assert(table.notes.some((note) => note.includes("of 44: second 40")), table.notes.join());
  assert(markdownTable(table).includes("| first | "));
});

const chromium = findChromium();
Deno.test({
  name: "a challenge's page shows whole and readable in a browser, offline",
  ignore: chromium === undefined,
  sanitizeResources: false,
  sanitizeOps: false,
  async fn() {
    const dir = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${dir}/index.html`, await challengePage(made(), failures));
      const url = toFileUrl(`${dir}/index.html`).href;
      await withChromium(chromium!, async (browser) => {
        for (const width of [1280, 375]) {
          const page = await browser.newPage();
          const requests: string[] = [];
          page.on("request", (request) => requests.push(request.url()));
          await page.setViewport({ width, height: 800 });
          await page.goto(url);
          const found = await page.evaluate(examinePage);
          assertEquals(requests.filter((one) => one !== url && !one.startsWith("data:")), []);
          assertEquals([found.overflow, found.faint, found.charts], [0, [], 4], `${width}`);
          await page.close();
        }
      });
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});
