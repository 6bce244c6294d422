import { assertEquals, assertRejects } from "../../deps.ts";
import {
  type Evaluation,
  readEvaluation,
  saveEvaluation,
} from "../../../lib/formats/run_folder/evaluation.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

/** An evaluation of one volume, by what makes of two labels and their mean one value. */
function evaluationWith<T>(numbers: (a: number | null, b: number, mean: number) => T) {
  const errors = {
    hd95Mm: numbers(null, 2, 2),
    assdMm: numbers(null, 1, 1),
    volumeErrorMl: numbers(-3, 4, 0.5),
    volumeErrorPercent: numbers(null, 10, 10),
  };
  const means = {
    ...errors,
    absoluteVolumeErrorMl: numbers(3, 4, 3.5),
    absoluteVolumeErrorPercent: numbers(null, 10, 10),
    measured: { LV: 0, mean_wall: 1 },
  };
  const dice = { ftn: numbers(0.5, 0.7, 0.6), stn: numbers(0.6, 0.8, 0.7) };
  return {
    sets: {
      "site A": { cases: 1, kind: "intra", ...dice, errors: { ftn: means, stn: means } },
    },
    grid: "native",
    volumes: [{
      ...{ set: "site A", id: "a_ED", subject: "a", frame: "ED" },
      ...dice,
      errors: { ftn: errors, stn: errors },
      flags: { disagreement: 0.1, entropy: 0.2, reconstructionError: 0.3 },
      passes: [0.7, 0.65],
    }],
    severities: { cases: ["a_ED"], dice: { bias: { ftn: [0.6, 0.5], stn: [0.7, 0.6] } } },
  };
}

const current = {
  labels: ["LV", "mean_wall"],
  empty: "one",
  ...evaluationWith((LV, mean_wall, mean) => ({ byLabel: { LV, mean_wall }, mean })),
} as unknown as Evaluation;

Deno.test("readEvaluation() reads what saveEvaluation() wrote, and no later version", () =>
  inFolder(async (folder) => {
    const path = `${folder}/evaluation.json`;
    await saveEvaluation(path, current);
    assertEquals(await readEvaluation(path), current);
    await Deno.writeTextFile(path, JSON.stringify({ ...current, format: 5 }));
    await assertRejects(() => readEvaluation(path), RunFolderError, "format is 5, wanted 4");
  }));

Deno.test("readEvaluation() reads version 3, whose calibration was the predictions' own", () =>
  inFolder(async (folder) => {
    const path = `${folder}/evaluation.json`;
    const calibration = { cases: 1, ece: 0.1, counts: [9], confidence: [8], correct: [7] };
    const [name, set] = Object.entries(current.sets)[0]!, [volume] = current.volumes;
    const old = {
      ...{ format: 3, ...current },
      sets: { [name]: { ...set, calibration } },
      volumes: [{ ...volume, ece: null }],
    };
    await Deno.writeTextFile(path, JSON.stringify(old));
    assertEquals(await readEvaluation(path), {
      ...current,
      sets: { [name]: { ...set, calibration: { ftn: calibration } } },
      volumes: [{ ...volume!, ece: { ftn: null } }],
    });
    await Deno.writeTextFile(path, JSON.stringify({ ...old, sets: [] }));
    await assertRejects(() => readEvaluation(path), RunFolderError, path);
  }));

Deno.test("readEvaluation() reads version 2, by which a label in neither mask counted 1", () =>
  inFolder(async (folder) => {
    const path = `${folder}/evaluation.json`;
    const { empty: _, ...old } = current;
    const policies = { emptyMaskPolicy: "one", emptyErrorPolicy: "zero" };
    await Deno.writeTextFile(path, JSON.stringify({ format: 2, ...old, ...policies }));
    assertEquals(await readEvaluation(path), current);
  }));

Deno.test("readEvaluation() reads version 1, whose mean stood among the labels", () =>
  inFolder(async (folder) => {
    const path = `${folder}/evaluation.json`;
    const old = evaluationWith((LV, mean_wall, mean) => ({ LV, mean_wall, mean }));
    await Deno.writeTextFile(path, JSON.stringify({ format: 1, ...old }));
    assertEquals(await readEvaluation(path), current);
    const { sets: _, ...torn } = old;
    await Deno.writeTextFile(path, JSON.stringify({ format: 1, ...torn }));
    await assertRejects(() => readEvaluation(path), RunFolderError, path);
  }));

Deno.test("readEvaluation() names the file of what is nested deeper than any evaluation", () =>
  inFolder(async (dir) => {
    const path = `${dir}/evaluation.json`, deep = "[".repeat(5e4) + "]".repeat(5e4);
    for (const text of [deep, `{"sets":${deep}}`, `{"format":1,"volumes":[{"ftn":${deep}}]}`]) {
      await Deno.writeTextFile(path, text);
      await assertRejects(() => readEvaluation(path), RunFolderError, `Cannot open ${path}`);
    }
  }));
