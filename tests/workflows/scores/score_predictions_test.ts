import { assert, assertAlmostEquals, assertEquals, assertRejects } from "../../deps.ts";
import { parseCsv } from "../../../lib/base/deps/std.ts";
import { readEvaluation } from "../../../lib/formats/run_folder/evaluation.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { scorePredictions } from "../../../lib/workflows/scores/score_predictions.ts";
import { compareRuns } from "../../../lib/workflows/study/results/compare_runs.ts";
import { reportStudy } from "../../../lib/workflows/study/page/report_study.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { writeFrames, writeText, writeVoxels } from "../../imaging/data/layouts/tiny_files.ts";

const LABELS = { background: 0, anterior: 1, posterior: 2 };

/** A data set of nnU-Net's of three labelled test cases; the last has no posterior part. */
async function writeDataset(dir: string): Promise<void> {
  const [image, voxels] = [[5], { a: [1, 1, 2, 2], b: [1, 1, 2], c: [1, 1] }];
  await writeText(`${dir}/dataset.json`, {
    ...{ channel_names: { "0": "T2" }, labels: LABELS, numTraining: 1, file_ending: ".nii.gz" },
  });
  await writeVoxels(`${dir}/imagesTr/t_0000.nii.gz`, ...image);
  for (const [name, values] of Object.entries(voxels)) {
    await writeVoxels(`${dir}/imagesTs/${name}_0000.nii.gz`, ...image);
    await writeVoxels(`${dir}/labelsTs/${name}.nii.gz`, ...values);
  }
}

async function writePredictions(dir: string): Promise<void> {
  await writeVoxels(`${dir}/a.nii.gz`, 1, 1, 2, 2);
  await writeVoxels(`${dir}/b.nii.gz`, 1, 2, 2);
  await writeVoxels(`${dir}/c.nii.gz`, 1);
}

const score = async (
  options: Omit<Parameters<typeof scorePredictions>[0], "config">,
  ...set: string[]
) => {
  const notices: string[] = [];
  const config = await resolveConfig({ set });
  const onNotice = (line: string) => void notices.push(line);
  return { ...await scorePredictions({ ...options, config, onNotice }), notices };
};

Deno.test("scorePredictions() scores by a data set or by its labels alone, with the same numbers", () =>
  inFolder(async (dir) => {
    await writeDataset(`${dir}/data`);
    await writePredictions(`${dir}/out`);
    const out = { predictions: `${dir}/out` };
    const whole = await score({ ...out, data: `${dir}/data` });
    assertEquals(whole.evaluation.labels, ["anterior", "posterior"]);
    const set = whole.evaluation.sets["unknown"]!;
    assertEquals([set.cases, set.kind, set.absent], [3, "given", { ftn: { posterior: 1 } }]);
    assertAlmostEquals(set.ftn.byLabel["anterior"]!, (1 + 2 / 3 + 2 / 3) / 3, 1e-12);
    assertAlmostEquals(set.ftn.byLabel["posterior"]!, (1 + 2 / 3) / 2, 1e-12);
    assertEquals(whole.failures, []);
    const alone = await score({ ...out, labels: `${dir}/data/labelsTs` });
    assertEquals(alone.evaluation.sets["labels"], set);
    assert(alone.notices.some((line) => line.endsWith("data/dataset.json")), alone.notices.join());
  }));

Deno.test("scorePredictions() counts a class in neither mask by the rule, and names given labels", () =>
  inFolder(async (dir) => {
    await writeDataset(`${dir}/data`);
    await writePredictions(`${dir}/out`);
    const at = { predictions: `${dir}/out`, labels: `${dir}/data/labelsTs` };
    const labels = [[0], [1], [2]].map((codes, n) => ({ name: `l${n}`, codes }));
    for (const [rule, mean] of [["skip", 5 / 6], ["one", 8 / 9], ["zero", 5 / 9]] as const) {
      const given = [`evaluation.empty=${rule}`, `data.labels=${JSON.stringify(labels)}`];
      const { evaluation } = await score(at, ...given);
      assertEquals(evaluation.empty, rule);
      assertAlmostEquals(evaluation.sets["labels"]!.ftn.byLabel["l2"]!, mean, 1e-12);
    }
  }));

Deno.test("scorePredictions() goes on past what it cannot use, and tells it", () =>
  inFolder(async (dir) => {
    await writeDataset(`${dir}/data`);
    const [a, b] = [`${dir}/out/a.nii.gz`, `${dir}/out/b.nii.gz`];
    await writeVoxels(a, 1, 1, 2, 2);
    await writeVoxels(b, 7);
    const at = { predictions: `${dir}/out`, data: `${dir}/data` };
    const { evaluation, failures, notices } = await score(at);
    assertEquals(evaluation.volumes.map(({ id }) => id), ["a"]);
    assertEquals(failures.map(({ id }) => id), ["c", "b"]);
    assert(notices.some((line) => line.includes("label value 7 is none of its codes")));
    await Deno.remove(a);
    await assertRejects(() => score(at), DatasetError, "Cannot score");
    await assertRejects(() => score({ ...at, predictions: `${dir}/no` }), DatasetError, "/no");
  }));

Deno.test("scorePredictions() writes three files that compare and report take, and replaces none", () =>
  inFolder(async (dir) => {
    await writeDataset(`${dir}/data`);
    await writePredictions(`${dir}/out`);
    const at = { predictions: `${dir}/out`, data: `${dir}/data`, output: `${dir}/scores` };
    const { evaluation } = await score(at, 'evaluation.lesions=["posterior"]');
    assertEquals(await readEvaluation(`${dir}/scores/evaluation.json`), evaluation);
    const rows = parseCsv(await Deno.readTextFile(`${dir}/scores/cases.csv`));
    assertEquals(rows.length, 6);
    const row = rows.find((one) => one["case"] === "b" && one["label"] === "posterior")!;
    assertEquals([row["tp"], row["fp"], row["fn"], row["lesions_found"]], ["1", "1", "0", "1"]);
    const summary = await Deno.readTextFile(`${dir}/scores/summary.json`);
    assertAlmostEquals(
      JSON.parse(summary.replaceAll("NaN", "null")).foreground_mean.Dice,
      (7 / 9 + 5 / 6) / 2,
      1e-12,
    );
    await assertRejects(() => score(at), OutputPathError, "it exists");
    await writeVoxels(`${dir}/out/c.nii.gz`, 1, 1);
    await score({ ...at, output: `${dir}/better` });
    const { rows: [first, second], given } = await compareRuns([`${dir}/scores`, `${dir}/better`]);
    assertEquals(given, ["scores", "better"]);
    assertAlmostEquals(second!.ftn.average.mean - first!.ftn.average.mean, 1 / 9, 1e-12);
    assertEquals(second!.ftn.average.comparison!.subjects, 3);
    const { page } = await reportStudy(`${dir}/scores`);
    const text = await Deno.readTextFile(page);
    assert(text.includes("Predictions scores") && !text.includes("fast-thinking"));
    assertEquals(await Deno.readTextFile(`${dir}/scores/summary.json`), summary);
  }));

Deno.test("scorePredictions() takes the calibration where probabilities lie beside predictions", () =>
  inFolder(async (dir) => {
    await writeDataset(`${dir}/data`);
    await writePredictions(`${dir}/out`);
    await writeFrames(`${dir}/out/a_probabilities.nii`, 0.1, 0.8, 0.1);
    const at = { predictions: `${dir}/out`, data: `${dir}/data` };
    const { evaluation } = await score(at);
    // The box holds four voxels, two of them anterior.
    assertAlmostEquals(evaluation.volumes[0]!.ece!.ftn!, 0.3, 1e-6);
    const { cases, ece } = evaluation.sets["unknown"]!.calibration!.ftn;
    assertEquals([cases, ece], [1, evaluation.volumes[0]!.ece!.ftn]);
    await writeFrames(`${dir}/out/b_probabilities.nii`, 0.2, 0.8);
    assertEquals((await score(at)).failures.map(({ id }) => id), ["b"]);
  }));
