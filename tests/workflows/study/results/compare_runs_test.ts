import { assertAlmostEquals, assertEquals, assertRejects } from "../../../deps.ts";
import { compareRuns } from "../../../../lib/workflows/study/results/compare_runs.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { parseConfig } from "../../../../lib/base/config/parse_config.ts";
import type { Evaluation } from "../../../../lib/formats/run_folder/evaluation.ts";
import { madeResult } from "../made_results.ts";
import { inFolder } from "../tiny_study.ts";

const KINDS = { "site A": "intra", "site B": "cross" } as const;

const volumes = (raise: number, subjects: readonly string[] = ["a", "b", "c"]) =>
  subjects.flatMap((subject, n) =>
    ["site A", "site B"].map((set) => ({ set, subject, ftn: 0.5 + 0.1 * n + raise }))
  );

/** A run folder with this evaluation, as far as a comparison reads it. */
async function writeRun(
  dir: string,
  evaluation?: Partial<Evaluation>,
  config: object = {},
): Promise<string> {
  await Deno.mkdir(dir, { recursive: true });
  await Deno.writeTextFile(`${dir}/config.json`, JSON.stringify(parseConfig(config)));
  if (evaluation) await Deno.writeTextFile(`${dir}/evaluation.json`, JSON.stringify(evaluation));
  return dir;
}

Deno.test("compareRuns() compares runs by folder on the volumes they share", () =>
  inFolder(async (parent) => {
    const first = madeResult({ method: "x" }, KINDS, volumes(0));
    const second = madeResult({ method: "x" }, KINDS, volumes(0.1, ["a", "b", "d"]));
    const dirs = [
      await writeRun(`${parent}/one`, first.evaluation),
      await writeRun(`${parent}/two`, second.evaluation),
    ];
    const { rows } = await compareRuns(dirs, { resamples: 100 });
    assertEquals(rows.map(({ method, title, runs }) => [method, title, runs]), [
      ["one", "one", 1],
      ["two", "two", 1],
    ]);
    const { subjects, comparison } = rows[1]!.ftn.cells["intra"]!;
    assertEquals([subjects, comparison!.subjects, comparison!.reference], [2, 2, "one"]);
    assertAlmostEquals(comparison!.difference, 0.1, 1e-12);
  }));

Deno.test("compareRuns() says what is wrong with the folders", () =>
  inFolder(async (parent) => {
    const made = (raise: number, subjects?: readonly string[]) =>
      madeResult({ method: "x" }, KINDS, volumes(raise, subjects)).evaluation;
    const good = await writeRun(`${parent}/good`, made(0));
    const hearts = await writeRun(`${parent}/hearts`, made(0), { phantom: { seed: 3 } });
    const bare = await writeRun(`${parent}/bare`);
    const apart = await writeRun(`${parent}/apart`, made(0, ["x", "y"]));
    const other = await writeRun(`${parent}/other`, { ...made(0), grid: "network" });
    const { volumes: [volume], ...rest } = made(0);
    const old = await writeRun(`${parent}/old`, {
      ...rest,
      volumes: [{ ...volume!, subject: undefined as never }],
    });
    const wrong: [string[], string][] = [
      [[good], "at least two run folders"],
      [[good, good], "with itself"],
      [[good, bare], "holds no evaluation"],
      [[good, apart], "no volume in common"],
      [[good, hearts], "phantom.seed is 0 in one and 3 in the other"],
      [[good, other], "native grid in one and the network grid"],
      [[good, old], "volumes.0.subject is missing, wanted string"],
      [[good, `${parent}/none`], "holds no study.json, nor the config.json of a run"],
    ];
    for (const [dirs, text] of wrong) {
      await assertRejects(() => compareRuns(dirs), StudyError, text);
    }
  }));

Deno.test("compareRuns() refuses other voxels under the same names, each told", () =>
  inFolder(async (parent) => {
    const { evaluation } = madeResult({ method: "x" }, KINDS, volumes(0));
    const withContents = (end: string) => ({
      ...evaluation,
      volumes: evaluation.volumes.map((volume) => ({
        ...volume,
        content: volume.subject === "b" ? `b${end}` : volume.subject,
      })),
    });
    const one = await writeRun(`${parent}/one`, withContents("1"));
    const same = await writeRun(`${parent}/same`, withContents("1"));
    const other = await writeRun(`${parent}/other`, withContents("2"));
    const old = await writeRun(`${parent}/old`, evaluation);
    const error = await assertRejects(() => compareRuns([one, same, other]), StudyError, other);
    assertEquals(error.message.endsWith("the same names: b_ED of site A, b_ED of site B"), true);
    const relabelled = await writeRun(`${parent}/relabelled`, {
      ...withContents("1"),
      volumes: withContents("1").volumes.map((volume) => ({ ...volume, labelContent: "2" })),
    });
    const labelled = await writeRun(`${parent}/labelled`, {
      ...withContents("1"),
      volumes: withContents("1").volumes.map((volume) => ({ ...volume, labelContent: "1" })),
    });
    const labels = () => compareRuns([labelled, relabelled]);
    await assertRejects(labels, StudyError, "the label of a_ED of site A");
    for (const known of [same, old]) {
      assertEquals((await compareRuns([one, known], { resamples: 100 })).rows.length, 2);
    }
  }));

Deno.test("compareRuns() refuses runs by different rules for a class in neither mask", () =>
  inFolder(async (parent) => {
    const { evaluation } = madeResult({ method: "x" }, KINDS, volumes(0));
    const ruled = (empty: Evaluation["empty"], absent: readonly string[]) => ({
      ...{ format: 4, ...evaluation, empty },
      volumes: evaluation.volumes.map((volume) => ({ ...volume, absent: { ftn: absent } })),
    });
    const [skip, one, full] = [
      await writeRun(`${parent}/skip`, ruled("skip", ["Posterior"])),
      await writeRun(`${parent}/one`, ruled("one", ["Posterior"])),
      await writeRun(`${parent}/full`, ruled("one", [])),
    ] as const;
    await assertRejects(() => compareRuns([skip, one]), StudyError, "counts as 1 in");
    const { empty, cautions } = await compareRuns([skip, full], { resamples: 100 });
    assertEquals(empty, ["skip"]);
    assertEquals(
      cautions[0],
      "Posterior is in neither prediction nor label of 3 of 3 volumes of site A: there it is left " +
        "out of the means.",
    );
  }));

Deno.test("compareRuns() refuses runs that count missed distances otherwise", () =>
  inFolder(async (parent) => {
    const { evaluation } = madeResult({ method: "x" }, KINDS, volumes(0));
    const format = { format: 4 };
    const missed = evaluation.volumes.map((volume) => ({
      ...volume,
      errors: { ftn: { ...volume.errors.ftn, assdMm: { byLabel: { LV: null }, mean: null } } },
    }));
    const [left, counted, whole] = [
      await writeRun(`${parent}/left`, { ...evaluation, ...format, volumes: missed }),
      await writeRun(`${parent}/counted`, {
        ...{ ...evaluation, ...format, volumes: missed, distancePenaltyMm: 50 },
      }),
      await writeRun(`${parent}/whole`, { ...evaluation, ...format }),
    ] as const;
    await assertRejects(() => compareRuns([left, counted]), StudyError, "counts as 50 mm in");
    const { distancePenalties } = await compareRuns([counted, whole], { resamples: 100 });
    assertEquals(distancePenalties, [50]);
  }));
