import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../deps.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import { type Evaluation, saveEvaluation } from "../../../lib/formats/run_folder/evaluation.ts";
import { exists } from "../../../lib/formats/files/exists.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { writeCard } from "../../../lib/workflows/exchange/write_card.ts";
import { inFolder } from "../runs/tiny_run.ts";
import { tinyModel } from "./tiny_model.ts";

const LABELS = ["LV", "M|YO <b>", "RV"];

/** Numbers by label that differ from volume to volume. */
function withMean(value: number) {
  return { byLabel: Object.fromEntries(LABELS.map((label) => [label, value])), mean: value };
}

/** An evaluation of these volumes, [set, subject, Dice of FTN, Dice of STN]. */
function evaluationOf(
  kinds: Readonly<Record<string, "intra" | "cross" | "corrupted">>,
  volumes: readonly (readonly [string, string, number, number])[],
): Evaluation {
  const errors = {
    hd95Mm: withMean(1),
    assdMm: withMean(1),
    volumeErrorMl: withMean(0),
    volumeErrorPercent: withMean(0),
  };
  const measured = Object.fromEntries(LABELS.map((label) => [label, 1]));
  const setErrors = {
    ...errors,
    absoluteVolumeErrorMl: withMean(0),
    absoluteVolumeErrorPercent: withMean(0),
    measured,
  };
  return {
    labels: LABELS,
    sets: Object.fromEntries(
      Object.entries(kinds).map(([set, kind]) => [set, {
        cases: volumes.filter(([own]) => own === set).length,
        kind,
        ftn: withMean(0.5),
        stn: withMean(0.5),
        errors: { ftn: setErrors, stn: setErrors },
      }]),
    ),
    empty: "one",
    grid: "native",
    volumes: volumes.map(([set, subject, ftn, stn], n) => ({
      ...{ set, id: `${subject}_${n}`, subject, frame: "ED" },
      ftn: withMean(ftn),
      stn: withMean(stn),
      errors: { ftn: errors, stn: errors },
      flags: { entropy: 0 },
    })),
    severities: {
      cases: ["secret-patient"],
      dice: { spike: { ftn: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4], stn: [0.8, 0.8, 0.7, 0.6, 0.5, 0.1] } },
    },
  };
}

/** A run whose second label has that name. */
async function oddlyNamed(dir: string, ...set: string[]) {
  const made = await tinyModel(dir, ...set), { data } = made.folder;
  const text = await Deno.readTextFile(data);
  await Deno.writeTextFile(data, text.replace('"MYO"', JSON.stringify(LABELS[1])));
  return made;
}

const OWN = evaluationOf({ "site *A*\n# head": "intra" }, [
  ["site *A*\n# head", "secret-1", 0.5, 0.6],
  ["site *A*\n# head", "secret-1", 0.7, 0.8],
  ["site *A*\n# head", "secret-2", 0.9, 0.9],
]);

Deno.test("writeCard() tells data, training, scores over subjects, robustness and limits", () =>
  inFolder(async (dir) => {
    const { folder } = await oddlyNamed(`${dir}/run`, "training.seed=5");
    await saveEvaluation(folder.evaluation, OWN);
    await Deno.writeTextFile(
      folder.division,
      JSON.stringify({ train: ["secret-3"], validation: [], test: ["secret-1", "secret-2"] }),
    );
    const card = await writeCard(`${dir}/run`);
    assertEquals(card, `${dir}/run/MODEL.md`);
    const text = await Deno.readTextFile(card);
    const told = [
      "# run\n",
      "Segments LV, M\\|YO \\<b\\>, RV in slices of",
      "synthetic hearts",
      "1 to train, 0 to validate, 2 to test",
      "Full method (`full`)",
      "30 steps of 8 slices until the `best` weights",
      "seed 5",
      "width 2, 4 levels",
      "slices of 16 x 16 pixels at 12 mm",
      // Means of subjects, of which one has two volumes.
      "| the run's own domain | 2 | 3 | 0.750 \\[0.600, 0.900\\] | 0.800 \\[0.700, 0.900\\] |",
      "| spike | 0.800 | 0.800 | 0.700 | 0.600 | 0.500 | 0.100 |",
      "scored on no other domain",
      "Fewer than 10 subjects",
      "tandem predict --run RUN",
    ];
    for (const part of told) assertStringIncludes(text, part);
    assert(!text.includes("secret"), "it names no subject");
    assert(!text.includes(dir), "it tells of no folder");
  }));

Deno.test("writeCard() shows text from data as text", () =>
  inFolder(async (dir) => {
    const { folder } = await oddlyNamed(`${dir}/run`);
    await saveEvaluation(folder.evaluation, OWN);
    const text = await Deno.readTextFile(await writeCard(`${dir}/run`));
    assertStringIncludes(text, "| site \\*A\\* # head |");
    assertStringIncludes(text, "| set | LV | M\\|YO \\<b> | RV |");
    const headings = text.split("\n").filter((line) => line.startsWith("#"));
    assertEquals(headings, [
      ...["# run", "## Data", "## Training", "## Scores", "## Limits", "## How to run it"],
    ]);
  }));

Deno.test("writeCard() tells of further evaluations, and of none", () =>
  inFolder(async (dir) => {
    await oddlyNamed(`${dir}/run`);
    const output = `${dir}/cards/CARD.md`;
    await writeCard(`${dir}/run`, { output });
    assertStringIncludes(await Deno.readTextFile(output), "It has not been evaluated yet.");
    const other = evaluationOf({ B: "cross", Spikes: "corrupted" }, [
      ["B", "1", 0.5, 0.5],
      ["Spikes", "1", 0.2, 0.3],
    ]);
    await saveEvaluation(`${dir}/other.json`, other);
    const evaluations = [`${dir}/other.json`];
    await assertRejects(
      () => writeCard(`${dir}/run`, { output, evaluations }),
      OutputPathError,
      "it exists",
    );
    await writeCard(`${dir}/run`, { output, evaluations, overwrite: true });
    const text = await Deno.readTextFile(output);
    // One subject has no interval.
    assertStringIncludes(text, "| B | another domain | 1 | 1 | 0.500 | 0.500 |");
    assert(!text.includes("scored on no other domain"));
    assertStringIncludes(text, "Who it was trained on is not told");
    const broken = { evaluations: [`${dir}/none.json`], output: `${dir}/x.md` };
    await assertRejects(() => writeCard(`${dir}/run`, broken), RunFolderError, "none.json");
  }));

Deno.test("writeCard() refuses scores of other labels, and of predictions made elsewhere", () =>
  inFolder(async (dir) => {
    const { folder } = await tinyModel(`${dir}/run`);
    const refused = async (evaluation: Evaluation, text: string) => {
      await saveEvaluation(`${dir}/other.json`, evaluation);
      const evaluations = [`${dir}/other.json`];
      await assertRejects(() => writeCard(`${dir}/run`, { evaluations }), RunFolderError, text);
      assertEquals(await Deno.stat(`${dir}/run/MODEL.md`).catch(() => null), null);
    };
    await refused(OWN, "the run segments LV, MYO, RV");
    await refused({ ...OWN, predictions: "elsewhere" }, "made elsewhere");
    assert(!await exists(folder.evaluation));
  }));
