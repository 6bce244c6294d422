import { assert, assertAlmostEquals, assertEquals, assertRejects } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { readEvaluation } from "../../../lib/formats/run_folder/evaluation.ts";
import { datasetOrigin } from "../../../lib/workflows/artifact_files/origin.ts";
import {
  type ChallengeOptions,
  runChallenge,
} from "../../../lib/workflows/challenge/run_challenge.ts";
import { compareRuns } from "../../../lib/workflows/study/results/compare_runs.ts";
import { runModel } from "../../../lib/workflows/challenge/models/run_model.ts";
import { exportRun } from "../../../lib/workflows/exchange/export_run.ts";
import { filesIn, inFolder, smallDataset } from "../artifact_files/small_dataset.ts";
import { tinyModel } from "../exchange/tiny_model.ts";
import { thresholdModel, thresholdProgram, withExternalData } from "./threshold_model.ts";

const THRESHOLD = 400.5;

/** What tests share: two tiny subjects at two frames, one severity. */
async function optionsFor(dir: string): Promise<Omit<ChallengeOptions, "models">> {
  return {
    origin: datasetOrigin(await smallDataset(`${dir}/data`, "mnms"), "mnms"),
    ...{ output: `${dir}/out`, suite: "rood-mri", severity: 2, threads: 2 },
    config: await resolveConfig({}),
  };
}

Deno.test({
  name:
    "runChallenge() scores a run, its export and a program alike by kind, and does nothing twice",
  // workers of the runtime end with the worker that holds it
  sanitizeResources: false,
  sanitizeOps: false,
  fn: () =>
    inFolder(async (dir) => {
      const options = await optionsFor(dir);
      const { folder } = await tinyModel(`${dir}/run`);
      const onnx = `${dir}/model.onnx`;
      await exportRun(folder.dir, { output: onnx, network: "stn" });
      const command = await thresholdProgram(`${dir}/program.ts`, THRESHOLD);
      const models = [
        { kind: "run", text: `run=${folder.dir}` },
        { kind: "onnx", text: onnx },
        { kind: "command", text: `bright=${command}` },
      ] as const;
      const { results, failures } = await runChallenge({ ...options, models });
      assertEquals(failures, []);
      assertEquals(results.models.map(({ name }) => name), ["run", "model", "bright"]);
      assertEquals([results.volumes, results.reference], [11 * 4, "run"]);
      const [run, model, bright] = await Promise.all(
        ["run", "model", "bright"].map((name) =>
          readEvaluation(`${dir}/out/scores/${name}/evaluation.json`)
        ),
      );
      assertEquals(model!.volumes, run!.volumes);
      assert(bright!.volumes.some((volume, n) => volume.ftn.mean !== run!.volumes[n]!.ftn.mean));
      for (const { id, models: [first, second] } of results.metrics) {
        assertEquals(second!.robustness, first!.robustness, id);
        assertEquals(
          second!.tests!.map((test) => test.difference === null || test.difference === 0),
          [
            ...[true, true, true],
          ],
        );
      }
      // the folders of scores are those that compare takes
      const compared = await compareRuns(
        ["run", "bright"].map((name) => `${dir}/out/scores/${name}`),
      );
      assertEquals(compared.plan.methods, ["run", "bright"]);

      const before = await filesIn(`${dir}/out`);
      const touched = Deno.statSync(`${dir}/out/scores/run/evaluation.json`).mtime;
      // what would fail if it were called again
      await Deno.writeTextFile(`${dir}/program.ts`, "Deno.exit(7)");
      const again = await runChallenge({ ...options, models: models.slice(1) });
      assertEquals(again.failures, []);
      assertEquals(again.results, results);
      const after = await filesIn(`${dir}/out`);
      assertEquals([...after.keys()], [...before.keys()]);
      for (const [path, bytes] of before) assertEquals(after.get(path), bytes, path);
      assertEquals(Deno.statSync(`${dir}/out/scores/run/evaluation.json`).mtime, touched);
      const page = await Deno.readTextFile(`${dir}/out/index.html`);
      assertEquals(page.match(/<svg class="chart"/g)?.length, 10 * results.metrics.length);
    }),
});

for (
  const [kind, shape, size] of [
    ["2-D, any size", ["n", 1, "h", "w"], { multipleOf: 8 }],
    ["2-D, fixed, smaller than the images", [3, 1, 16, 8], undefined],
    ["3-D, fixed, larger and smaller", [1, 1, 4, 16, 16], undefined],
  ] as const
) {
  Deno.test({
    name: `runChallenge() segments by a foreign model, ${kind}, as it was written down`,
    sanitizeResources: false,
    sanitizeOps: false,
    fn: () =>
      inFolder(async (dir) => {
        const options = await optionsFor(dir), plain = await thresholdModel(THRESHOLD, shape);
        // one of the three has its weights in a file beside it
        const apart = size === undefined ? undefined : await withExternalData(plain, "m.data");
        await Deno.writeFile(`${dir}/m.onnx`, apart?.model ?? plain);
        if (apart) await Deno.writeFile(`${dir}/m.data`, apart.weights);
        const config = {
          layout: shape.length === 5 ? "NCDHW" : "NCHW",
          ...{ spacing: null, intensity: { kind: "none" }, orientation: "LPS" },
          ...{ codes: ["background", "RV"], activation: "logits", ...size && { size } },
        };
        await Deno.writeTextFile(`${dir}/m.json`, JSON.stringify(config));
        const { failures } = await runChallenge({
          ...{ ...options, models: [{ kind: "onnx", text: `${dir}/m.onnx` }] },
          configs: [`m=${dir}/m.json`],
        });
        assertEquals(failures, []);
        for (const set of ["clean", "noise-2"]) {
          const name = "imagesTs/S1_ED_0000.nii.gz";
          const image = await readNifti(`${dir}/out/suite/${set}/${name}`);
          const made = await readNifti(`${dir}/out/predictions/m/${set}/${name}`);
          const wanted = image.volume.data.map((value: number) => value > THRESHOLD ? 3 : 0);
          assertEquals([...made.volume.data], [...wanted], set);
          assertEquals(made.volume.affine, image.volume.affine);
        }
      }),
  });
}

Deno.test("runChallenge() lists what a program fails at, goes on, and later does that alone", () =>
  inFolder(async (dir) => {
    const options = await optionsFor(dir), path = `${dir}/program.ts`;
    const command = await thresholdProgram(path, THRESHOLD, ["S2_ES"]);
    const program = await Deno.readTextFile(path);
    // fails as a whole at its second set
    const counting = `const n = Number(await Deno.readTextFile("${dir}/n").catch(() => "0"));
await Deno.writeTextFile("${dir}/n", String(n + 1));
if (n === 1) { console.error("out of luck"); Deno.exit(3); }
`;
    await Deno.writeTextFile(path, program.replace("const [input", counting + "const [input"));
    const models = [{ kind: "command", text: `p=${command}` }] as const;
    const { failures, results } = await runChallenge({ ...options, models });
    const sets = [...new Set(failures.map(({ what }) => what))];
    assertEquals(failures.length, 1 + 10);
    assert(
      failures.some(({ what, message }) => what === "affine-2" && message.includes("exit code 3")),
      sets.join(),
    );
    assert(
      failures.some(({ what, message }) =>
        what === "blur-2/S2_ES" && message.includes("wrote no S2_ES.nii.gz")
      ),
    );
    assertEquals(results.scored, { p: 11 * 4 - 10 - 4 });
    assertEquals(
      (await Deno.readTextFile(`${dir}/out/logs/p/affine-2.txt`)).trim(),
      "out of luck",
    );
    // a set without any score leaves the measures without a number
    assertEquals(results.metrics[0]!.models[0]!.robustness.overall.mean, null);

    await thresholdProgram(path, THRESHOLD);
    const kept = `${dir}/out/predictions/p/blur-2/imagesTs/S1_ED_0000.nii.gz`;
    const { mtime } = await Deno.stat(kept);
    const whole = await runChallenge({ ...options, models });
    assertEquals(whole.failures, []);
    assertEquals(whole.results.scored, { p: 44 });
    assertEquals((await Deno.stat(kept)).mtime, mtime);
    assert(whole.results.metrics[0]!.models[0]!.robustness.overall.mean !== null);
  }));

Deno.test("runChallenge() calls a program once a file where that is asked for", () =>
  inFolder(async (dir) => {
    const options = await optionsFor(dir);
    // of slices from 0 to 1
    const command = await thresholdProgram(`${dir}/program.ts`, 0.6);
    const one = [{ kind: "command", text: `one=${command}` }] as const;
    const two = [{ kind: "command", text: `all=${command}` }] as const;
    const suite = { ...options, suite: "chen2021", repeats: 1 } as const;
    const { severity: _, ...asked } = suite;
    const first = await runChallenge({ ...asked, models: one, calls: "file" });
    assertEquals(first.failures, []);
    const both = await runChallenge({ ...asked, models: two });
    const [a, b] = both.results.metrics[0]!.models;
    assertEquals(a!.robustness, b!.robustness);
    // without severities the corrupted score weighs as much as the clean one
    const { overall, curve } = a!.robustness.transforms[0]!;
    assertAlmostEquals(overall.mean!, (curve[0]!.mean! + curve[1]!.mean!) / 2, 1e-12);
  }));

Deno.test("runChallenge() refuses before it writes", () =>
  inFolder(async (dir) => {
    const options = await optionsFor(dir);
    const refused = async (given: Partial<ChallengeOptions>, text: string) => {
      const models = [{ kind: "command", text: "cat {input} {output}" }] as const;
      await assertRejects(() => runChallenge({ ...options, models, ...given }), ConfigError, text);
      assertEquals(await Deno.stat(`${dir}/out`).catch(() => null), null);
    };
    await refused({ models: [] }, "wanted at least one model");
    await refused(
      { models: [{ kind: "command", text: "cat {input}" }] },
      "it does not say {output}",
    );
    const twice = [1, 2].map(() => ({ kind: "command", text: "cat {input} {output}" } as const));
    await refused({ models: twice }, "two models called cat");
    await Deno.writeFile(`${dir}/m.onnx`, await thresholdModel(1, [1, 1, 8, 8]));
    await refused(
      { models: [{ kind: "onnx", text: `${dir}/m.onnx` }] },
      "it does not say layout, spacing, intensity, codes, activation",
    );
    await refused({ configs: [`x=${dir}/m.json`] }, "the models are cat");
    await refused(
      { models: [{ kind: "command", text: "CUDA=0 python3 {input} {output}" }] },
      "there is no program 0. What stands before = is the model's name",
    );
    const config = { layout: "NCHW", spacing: null, intensity: { kind: "none" } };
    const refusedModel = async (codes: unknown[], text: string) => {
      await Deno.writeTextFile(
        `${dir}/c.json`,
        JSON.stringify({ ...config, codes, activation: "logits" }),
      );
      const models = [{ kind: "onnx", text: `${dir}/m.onnx` }] as const;
      await refused({ models, configs: [`${dir}/c.json`] }, text);
    };
    await refusedModel([0, 77], "no 77 among its codes");
    await refusedModel([0, 1, 2], "3 codes, and its output has 2 channels");
    await Deno.mkdir(`${dir}/full`);
    await Deno.writeTextFile(`${dir}/full/a.txt`, "mine");
    await refused({ output: `${dir}/full` }, "it holds other files");
  }));

Deno.test("runChallenge() lets a name be used again of which nothing was segmented, by another model", () =>
  inFolder(async (dir) => {
    const { severity: _, ...options } = await optionsFor(dir);
    const asked = { ...options, suite: "chen2021", repeats: 1 } as const;
    const good = await thresholdProgram(`${dir}/program.ts`, THRESHOLD);
    const run = async (text: string) =>
      await runChallenge({ ...asked, models: [{ kind: "command", text }] });
    const wrong = await run(`p=${good.replace("program.ts", "prgoram.ts")}`);
    assertEquals(wrong.failures.length > 0, true);
    const right = await run(`p=${good}`);
    assertEquals([right.failures, right.results.scored], [[], { p: 20 }]);
    // a run by what was found after its training, too
    const { folder } = await tinyModel(`${dir}/run`);
    const before = (await runModel("r", folder.dir, undefined)).identity;
    await Deno.writeTextFile(folder.postprocessing, "{}");
    assert((await runModel("r", folder.dir, undefined)).identity !== before);
  }));

Deno.test("runChallenge() does not fail by models of an earlier call", () =>
  inFolder(async (dir) => {
    const { severity: _, ...options } = await optionsFor(dir);
    const asked = { ...options, suite: "chen2021", repeats: 1 } as const;
    const good = await thresholdProgram(`${dir}/program.ts`, THRESHOLD);
    const notices: string[] = [], onNotice = (line: string) => void notices.push(line);
    const run = (text: string) =>
      runChallenge({ ...asked, onNotice, models: [{ kind: "command", text }] });
    assertEquals((await run(`bad=${good.replace("program", "none")}`)).failures.length > 0, true);
    notices.length = 0;
    assertEquals((await run(`good=${good}`)).failures, []);
    assert(notices.some((line) => line.startsWith("bad, of an earlier call, ")), notices.join());
  }));

Deno.test("runChallenge() goes on with the same test sets and models only", () =>
  inFolder(async (dir) => {
    const { severity: _, ...options } = await optionsFor(dir);
    const asked = { ...options, suite: "chen2021", repeats: 1 } as const;
    const command = await thresholdProgram(`${dir}/program.ts`, THRESHOLD);
    const models = [{ kind: "command", text: `p=${command}` }] as const;
    await runChallenge({ ...asked, models });
    await assertRejects(
      () => runChallenge({ ...asked, models, seed: 4 }),
      ConfigError,
      "its test sets were made with seed 0, not 4",
    );
    const other = [{ kind: "command", text: `p=${command} --more` }] as const;
    await assertRejects(
      () => runChallenge({ ...asked, models: other }),
      ConfigError,
      "its predictions are those of another model",
    );
    // other rules of scoring take the same predictions
    const config = await resolveConfig({ set: ["evaluation.surfaceTolerances=[4]"] });
    const { results } = await runChallenge({ ...asked, models, config });
    assert(results.metrics.some(({ id }) => id === "nsd4mm"));
  }));

Deno.test("runChallenge() removes what a killed process left, and takes half scores for none", () =>
  inFolder(async (dir) => {
    const { severity: _, ...options } = await optionsFor(dir);
    const asked = { ...options, suite: "chen2021", repeats: 1 } as const;
    const command = await thresholdProgram(`${dir}/program.ts`, 0.6);
    const models = [{ kind: "command", text: `p=${command}` }] as const;
    await runChallenge({ ...asked, models });
    const before = await filesIn(`${dir}/out`);
    await Deno.remove(`${dir}/out/scores/p/cases.csv`);
    for (const place of ["suite", "scores/p"]) {
      await Deno.writeTextFile(`${dir}/out/${place}/.cases.json.4194305-0a1b2c3d.tmp`, "{");
    }
    const gone = { pid: 4194305, host: Deno.hostname(), started: "now", token: "t", locked: false };
    await Deno.writeTextFile(`${dir}/out/.suite.claim`, JSON.stringify(gone) + "\n");
    await Deno.mkdir(`${dir}/out/predictions/p/.clean.4194305-0a1b2c3d.part`);
    await Deno.remove(`${dir}/out/predictions/p/clean/imagesTs/S1_ED_0000.nii.gz`);
    await runChallenge({ ...asked, models });
    const after = await filesIn(`${dir}/out`);
    assertEquals([...after.keys()], [...before.keys()]);
    for (const [path, bytes] of before) assertEquals(after.get(path), bytes, path);
    assertEquals(
      [...Deno.readDirSync(`${dir}/out/predictions/p`)].filter(({ name }) => name.startsWith(".")),
      [],
    );
  }));
