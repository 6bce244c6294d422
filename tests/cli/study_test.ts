import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { STUDY_PRESETS } from "../../lib/workflows/study/plan/presets.ts";
import { tandem, tandemUntil } from "./run_tandem.ts";
import { shellWord } from "../../lib/base/text/shell_word.ts";

/** The smallest real study: two methods of the smallest network, three steps each. */
const TINY = [
  ...["--methods", "standard,full", "--seeds", "0", "--max-steps", "3"],
  ...["data.size=32", "data.spacing=8", "model.baseWidth=2", "phantom.subjects=3"],
  ...["phantom.otherSubjects=0", "data.validationFraction=0.34", "data.testFraction=0.34"],
  ...["training.batchSize=4", "evaluation.artifacts=false", "output.pictures=false"],
].flatMap((part) => part.includes("=") ? ["--set", part] : [part]);

async function inFolder(run: (dir: string) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const evaluationOf = (dir: string, id: string) =>
  Deno.readTextFile(`${dir}/runs/${id}/evaluation.json`);

Deno.test("study runs to tables and page, alike in one process and in workers; compare reads it", () =>
  inFolder(async (parent) => {
    const [one, two] = [`${parent}/one`, `${parent}/two`];
    const [single, workers] = [
      await tandem("study", ...TINY, "--out", one, "--threads", "1"),
      await tandem("study", ...TINY, "--out", two, "--jobs", "2", "--json"),
    ];
    assertEquals([single.code, workers.code], [0, 0], single.stderr + workers.stderr);
    assertStringIncludes(single.stdout, "2 of 2 runs");
    const lines = workers.stdout.trim().split("\n").map((line) => JSON.parse(line));
    const { type, done, failed, page } = lines.at(-1);
    assertEquals([type, done, failed], ["result", 2, []]);
    assertStringIncludes(await Deno.readTextFile(page), "<html");
    assert(lines.some((line) => line.type === "step" && line.secondsLeft > 0));
    for (const id of ["standard-seed0", "full-seed0"]) {
      assertEquals(await evaluationOf(one, id), await evaluationOf(two, id));
    }
    const runs = ["standard-seed0", "full-seed0"].map((id) => `${one}/runs/${id}`);
    const compared = await tandem("compare", ...runs, "-o", `${parent}/compared.json`);
    assertEquals(compared.code, 0, compared.stderr);
    assertStringIncludes(compared.stdout, "full-seed0");
    const { rows } = JSON.parse(await Deno.readTextFile(`${parent}/compared.json`));
    assertEquals(rows.map(({ method }: { method: string }) => method), [
      ...["standard-seed0", "full-seed0"],
    ]);
    const report = await tandem("report", runs[1]!);
    assertEquals(report.code, 0, report.stderr);
    assertStringIncludes(await Deno.readTextFile(`${runs[1]}/index.html`), "<html");
  }));

Deno.test("study ends with 130 at Ctrl-C, and says how to go on", () =>
  inFolder(async (dir) => {
    const longer = TINY.map((part) => part === "3" ? "40" : part);
    const stopped = await tandemUntil("step 1/", "SIGINT", "study", ...longer, "--out", dir);
    assertEquals(stopped.code, 130, stopped.stderr);
    assertStringIncludes(
      stopped.stdout,
      `0 of 2 runs are done; go on with: study --resume ${shellWord(dir)}`,
    );
    const { code, stdout } = await tandem("study", "--resume", dir, "--dry-run");
    assertEquals(code, 0);
    assertStringIncludes(stdout, "full-seed0");
  }));

Deno.test("study --dry-run tells runs, steps and time, and writes nothing", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/study`;
    const { code, stdout } = await tandem("study", ...TINY, "--out", dir, "--dry-run", "--json");
    assertEquals(code, 0);
    const { jobs, secondsPerStep, seconds } = JSON.parse(stdout);
    assertEquals(jobs.map(({ steps }: { steps: number }) => steps), [3, 3]);
    assertEquals(Object.keys(secondsPerStep), ["standard", "full"]);
    assert(seconds > 0);
    assertEquals([...Deno.readDirSync(parent)], []);
  }));

Deno.test("study, compare and report say what is wrong with a command line", async () => {
  const cases: [string[], number, string][] = [
    [["study", "--preset", "table"], 2, Object.keys(STUDY_PRESETS).join(", ")],
    [["study", "--methods", "ful"], 2, "did you mean full?"],
    [["study", "--seeds", "0,,1"], 2, "Wanted words set apart by commas"],
    [["study", "--test", "mnms:mnms"], 2, "Wanted NAME=DIR, or NAME=DIR:LAYOUT"],
    [["study", "--test", "mnms=hearts:mnm"], 2, "the layout being auto, acdc"],
    [["study", "--resume", "a", "--max-steps", "3"], 2, "--max-steps with --resume"],
    [["study", "--resume", "/nowhere"], 3, "holds no study.json"],
    [["compare", "/nowhere"], 2, "wanted at least two"],
    [["compare", "/nowhere", "/neither"], 3, "holds no study.json"],
    [["study", "--set", "method.separateTraining=true"], 2, "methods differ by it"],
    [["report", "/nowhere"], 3, "holds no study.json"],
  ];
  await Promise.all(cases.map(async ([args, exit, text]) => {
    const { code, stderr } = await tandem(...args);
    assertEquals(code, exit, `${args}: ${stderr}`);
    assertStringIncludes(stderr, text);
  }));
});
