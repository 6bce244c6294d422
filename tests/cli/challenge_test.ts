/** `tandem challenge` as people run it: exit codes, what is asked for, and Ctrl-C. */
import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { filesIn, inFolder, smallDataset } from "../workflows/artifact_files/small_dataset.ts";
import { thresholdModel, thresholdProgram } from "../workflows/challenge/threshold_model.ts";
import { spawnTandem, tandem } from "./run_tandem.ts";

const ASKED = (dir: string) => [
  ...["challenge", "--suite", "chen2021", "--repeats", "1", "--data", `${dir}/data`],
  ...["--layout", "mnms", "-o", `${dir}/out`, "--threads", "1"],
];

Deno.test("challenge asks for what it needs, with exit code 2", () =>
  inFolder(async (dir) => {
    await smallDataset(`${dir}/data`, "mnms");
    const none = await tandem(...ASKED(dir));
    assertEquals(none.code, 2);
    assertStringIncludes(none.stderr, "wanted --model, --run or --command");
    await Deno.writeFile(`${dir}/m.onnx`, await thresholdModel(0.5, [1, 1, 16, 16]));
    const silent = await tandem(...ASKED(dir), "--model", `${dir}/m.onnx`);
    assertEquals(silent.code, 2);
    assertStringIncludes(
      silent.stderr,
      "it does not say layout, spacing, intensity, codes, activation (--model-config FILE.json",
    );
    assertEquals(await Deno.stat(`${dir}/out`).catch(() => null), null);
  }));

Deno.test("challenge ends with 1 and a list where a program fails, and tells the rest", () =>
  inFolder(async (dir) => {
    await smallDataset(`${dir}/data`, "mnms");
    const good = await thresholdProgram(`${dir}/good.ts`, 0.6);
    const part = await thresholdProgram(`${dir}/part.ts`, 0.6, ["S1_ES"]);
    const { code, stdout, stderr } = await tandem(
      ...[...ASKED(dir), "--command", `good=${good}`, "--command", `part=${part}`, "--json"],
      // it is there, and nothing that runs
      ...["--command", `gone=${dir}/good.ts {input} {output}`],
    );
    assertEquals(code, 1, stderr);
    const { results, failures, page } = JSON.parse(stdout);
    assertEquals(results.scored, { good: 20, part: 15, gone: 0 });
    assertEquals(results.metrics[0].models.length, 2);
    assertEquals(failures.filter(({ model }: { model: string }) => model === "part").length, 5);
    assertStringIncludes(
      stderr,
      "part, clean/S1_ES: the program ended well and wrote no S1_ES.nii.gz",
    );
    assertStringIncludes(stderr, "gone, clean: it cannot be started");
    const html = await Deno.readTextFile(page);
    assertStringIncludes(html, "What failed");
  }));

Deno.test("challenge ends at Ctrl-C with 130, leaves nothing half-done, and goes on", () =>
  inFolder(async (dir) => {
    await smallDataset(`${dir}/data`, "mnms");
    const command = await thresholdProgram(`${dir}/program.ts`, 0.6);
    const program = await Deno.readTextFile(`${dir}/program.ts`);
    // the second call says that it is there, and waits
    const waiting = `if (/RandBias/.test(Deno.args[0])) {
  await Deno.writeTextFile("${dir}/there", "");
  await new Promise((resolve) => setTimeout(resolve, 100_000));
}
`;
    await Deno.writeTextFile(`${dir}/program.ts`, waiting + program);
    const asked = [...ASKED(dir), "--command", `p=${command}`];
    const child = spawnTandem(...asked);
    while (await Deno.stat(`${dir}/there`).catch(() => null) === null) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill("SIGINT");
    assertEquals((await child.status).code, 130);
    const left = [...(await filesIn(`${dir}/out/predictions`)).keys()];
    assertEquals(left.length, 4, left.join());
    assert(left.every((path) => path.startsWith("p/clean/")), left.join());
    await Deno.writeTextFile(`${dir}/program.ts`, program);
    const { code, stdout, stderr } = await tandem(...asked);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stdout, "overall");
    assertEquals([...(await filesIn(`${dir}/out/predictions`)).keys()].length, 20);
  }));
