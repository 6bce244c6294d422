/** What is done with a run: evaluate and predict, on the phantom's files and on real ones. */
import { gzipSync } from "node:zlib";
import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { readNifti } from "../../lib/formats/nifti/read_nifti.ts";
import { imageOf, type NiftiImage } from "../../lib/formats/nifti/nifti_image.ts";
import { encodeNifti } from "../../lib/formats/nifti/encode_nifti.ts";
import { writeNifti } from "../../lib/formats/nifti/write_nifti.ts";
import { scalingAffine } from "../../lib/base/volume/affine.ts";
import type { Evaluation } from "../../lib/formats/run_folder/evaluation.ts";
import { inFolder, tinyHeart } from "../imaging/data/tiny_heart.ts";
import { type Outcome, tandem, TINY } from "./run_tandem.ts";
import { shellWord } from "../../lib/base/text/shell_word.ts";

const REAL = new URL("../../../shared/data", import.meta.url).pathname;

async function succeed(...args: string[]): Promise<Outcome> {
  const outcome = await tandem(...args);
  assertEquals(outcome.code, 0, outcome.stderr);
  return outcome;
}

/** Fails unless the labels lie on the image's grid and hold no code but these. */
async function checkPrediction(input: string, output: string): Promise<void> {
  const [image, labels] = [await readNifti(input), await readNifti(output)];
  assertEquals(labels.volume.shape, image.volume.shape);
  assertEquals(labels.volume.affine, image.volume.affine);
  assertEquals(labels.header.datatype, "uint8");
  assert(labels.volume.data.every((code) => [0, 1, 2, 3].includes(code)));
}

const linesOf = (text: string) => text.trimEnd().split("\n").map((line) => JSON.parse(line));

Deno.test("evaluate and predict take a run to the files that phantom wrote", () =>
  inFolder(async (dir) => {
    const run = `${dir}/run`, data = `${dir}/phantom/B`, layout = ["--layout", "mnms"];
    const [trained] = await Promise.all([
      succeed("train", ...TINY, "--max-steps", "2", "--out", run, "--no-evaluate"),
      succeed("phantom", "-o", `${dir}/phantom`, "--sites", "B", "--subjects", "1"),
    ]);
    assertStringIncludes(
      trained.stdout,
      `not evaluated; train --resume ${shellWord(run)} does that, on its test subjects`,
    );
    const kept = [...Deno.readDirSync(run)].map(({ name }) => name);
    assert(kept.includes("best.safetensors") && !kept.includes("evaluation.json"));
    const evaluated = ["--data", data, ...layout, "--out", `${dir}/e.json`, "--json"];
    const [evaluation, all, one] = await Promise.all([
      succeed("evaluate", "--run", run, ...evaluated),
      succeed("predict", "--run", run, "-i", data, "-o", `${dir}/all`, ...layout, "--json"),
      succeed(
        ...["predict", "--run", run, "-i", `${data}/B000/B000_sa_ES.nii.gz`],
        ...["-o", `${dir}/one.nii`, "--network", "ftn"],
      ),
    ]);
    const { sets, labels }: Evaluation = JSON.parse(evaluation.stdout);
    assertEquals(JSON.parse(await Deno.readTextFile(`${dir}/e.json`)).sets, sets);
    const [set] = Object.values(sets) as Evaluation["sets"][string][];
    assertEquals(set!.cases, 2);
    for (const dice of [set!.ftn, set!.stn!]) {
      assertEquals(Object.keys(dice.byLabel), ["LV", "MYO", "RV"]);
      assert(dice.mean! >= 0 && dice.mean! <= 1);
    }
    assertEquals(labels, ["LV", "MYO", "RV"]);
    const written = linesOf(all.stdout);
    assertEquals(written.map(({ output }) => output), [
      ...[`${dir}/all/B000/B000_sa_ED.nii.gz`, `${dir}/all/B000/B000_sa_ES.nii.gz`],
    ]);
    for (const { input, output } of written) await checkPrediction(input, output);
    assertStringIncludes(one.stdout, `-> ${dir}/one.nii`);
    await checkPrediction(`${data}/B000/B000_sa_ES.nii.gz`, `${dir}/one.nii`);
  }));

Deno.test("train and evaluate say which file's geometry disagrees with itself", () =>
  inFolder(async (dir) => {
    const affine = scalingAffine([2, 2, 8], [0, 0, 0]), { image, label } = tinyHeart(affine);
    const odd = { ...image, header: { ...image.header, pixdim: [1, 3, 3, 8, 0, 0, 0, 0] } };
    for (const subject of ["p0", "p1"]) {
      for (const frame of ["ED", "ES"]) {
        const path = `${dir}/data/${subject}/${subject}_sa_${frame}`;
        await Deno.mkdir(`${dir}/data/${subject}`, { recursive: true });
        await Deno.writeFile(`${path}.nii.gz`, gzipSync(encodeNifti(odd as NiftiImage)));
        await writeNifti(`${path}_gt.nii.gz`, imageOf(label));
      }
    }
    const data = ["--data", `${dir}/data`, "--layout", "mnms"];
    const parts = ["--set", "data.validationFraction=0.5", "--set", "data.testFraction=0"];
    const run = ["--max-steps", "1", "--out", `${dir}/run`];
    const trained = await succeed("train", ...data, ...TINY, ...parts, ...run);
    const evaluated = await succeed("evaluate", "--run", `${dir}/run`, ...data);
    for (const text of [trained.stdout, evaluated.stderr]) {
      assertStringIncludes(text, `${dir}/data/p1/p1_sa_ES.nii.gz`);
      assertStringIncludes(text, "pixdim");
    }
  }));

Deno.test("train, evaluate and predict take real volumes of two data sets", async () => {
  try {
    await Deno.stat(`${REAL}/acdc`);
  } catch {
    return console.log(`not tested: there is no ${REAL}/acdc`);
  }
  await inFolder(async (dir) => {
    const run = `${dir}/run`, data = `${REAL}/mnms`;
    const from = ["--data", `${REAL}/acdc`, "--layout", "acdc"];
    await succeed("train", ...from, ...TINY, "--max-steps", "2", "--out", run, "--no-evaluate");
    const [subject] = [...Deno.readDirSync(data)].filter(({ isDirectory }) => isDirectory);
    const input = `${data}/${subject!.name}/${subject!.name}_sa_ED.nii.gz`;
    const [evaluation] = await Promise.all([
      succeed("evaluate", "--run", run, "--data", data, "--layout", "mnms", "--json"),
      succeed("predict", "--run", run, "-i", input, "-o", `${dir}/p.nii.gz`, "--layout", "mnms"),
    ]);
    const { sets }: Evaluation = JSON.parse(evaluation.stdout);
    assert(Object.values(sets as Record<string, { cases: number }>).some(({ cases }) => cases > 0));
    await checkPrediction(input, `${dir}/p.nii.gz`);
  });
});

Deno.test("predict averages runs, goes by what postprocess found, and says so", () =>
  inFolder(async (dir) => {
    const [one, two] = [`${dir}/one`, `${dir}/two`];
    const validated = ["--set", "data.validationFraction=0.34", "--set", "data.testFraction=0.34"];
    const turned = ["--set", "data.augmentation=turned", "--no-evaluate"];
    await Promise.all([
      succeed("train", ...TINY, ...validated, ...turned, "--max-steps", "2", "--out", one),
      succeed("train", ...TINY, ...validated, ...turned, "--max-steps", "3", "--out", two),
      succeed("phantom", "-o", `${dir}/phantom`, "--sites", "B", "--subjects", "1"),
    ]);
    const [table, json] = await Promise.all([
      succeed("postprocess", one),
      succeed("postprocess", two, "--json"),
    ]);
    assertStringIncludes(table.stdout, "largest alone");
    assertEquals(JSON.parse(json.stdout).connectivity, 26);
    const input = ["-i", `${dir}/phantom/B`, "-o", `${dir}/out`];
    const runs = ["--run", one, "--run", two];
    const more = ["--tta", "flips", "--probabilities", "uint16", "--uncertainty", "--json"];
    const averaged = await succeed("predict", ...runs, ...input, ...more);
    const [first] = linesOf(averaged.stdout);
    assertEquals(Object.keys(first.maps), ["probabilities", "entropy", "disagreement"]);
    assertEquals(Object.keys(first.flags), ["entropy", "disagreement", "raised"]);
    const again = await succeed("predict", ...runs, ...input, ...more, "--skip-existing");
    assertEquals(again.stdout, "");
    assertStringIncludes(again.stderr, "passed over 2 images");
    const refused = async (...args: string[]) => (await tandem("predict", ...args, ...input)).code;
    assertEquals(
      await Promise.all([
        refused(),
        refused("--run", one, "--study", dir),
        refused("--run", one, "--method", "full"),
        refused("--run", one, "--tta", "twice"),
        refused("--run", one, "--format", "dicom-seg"),
        refused("--run", one, "--overwrite", "--skip-existing"),
      ]),
      Array(6).fill(2),
    );
    assertEquals(await refused("--study", dir), 3);
  }));
