import { join } from "../../../../lib/base/deps/std.ts";
import type { CaseSource } from "../../../../lib/imaging/data/cases/case_source.ts";
import type { PreparedCase } from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import {
  keepCases,
  keptCasesText,
  type PageCase,
  pickCases,
  readKeptCases,
} from "../../../../lib/workflows/study/results/kept_cases.ts";
import type { SliceStack } from "../../../../lib/learning/models/segmenter.ts";
import type { Evaluation } from "../../../../lib/formats/run_folder/evaluation.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../../../deps.ts";
import { inFolder } from "../tiny_study.ts";

const volume = (id: string, mean: number) => ({ set: "A", id, ftn: { mean }, stn: { mean: 0.5 } });

Deno.test("pickCases() finds the best, the lower median and the worst volume", () => {
  const volumes = [volume("a", 0.3), volume("b", 0.9), volume("c", 0.1), volume("d", 0.7)];
  assertEquals(pickCases({ volumes }).map(({ role, id }) => `${role} ${id}`), [
    "best b",
    "median a",
    "worst c",
  ]);
  assertEquals(pickCases({ volumes: [] }), []);
});

Deno.test("keepCases() writes the fullest slice of each picked volume", async () => {
  const dir = await Deno.makeTempDir();
  const path = join(dir, "cases.json");
  const source = { id: "a" } as CaseSource;
  const labels = new Uint8Array(3 * 256);
  labels.fill(2, 256, 260);
  labels.fill(1, 512, 514);
  const images = new Float32Array(3 * 256).fill(0.5, 256, 512);
  const prepared = { id: "a", size: 16, slices: 3, images, labels } as unknown as PreparedCase;
  const segmenter = {
    segment: ({ images: part }: SliceStack) => ({
      ftn: Uint8Array.from(part, (value) => value > 0 ? 3 : 0),
      stn: new Uint8Array(part.length),
      entropy: new Float32Array(1),
      reconstruction: part,
    }),
  };
  const evaluation = { volumes: [volume("a", 0.8)] } as unknown as Evaluation;
  await keepCases(
    path,
    evaluation,
    new Map([["A", [source]]]),
    () => Promise.resolve(prepared),
    segmenter,
  );
  const kept = await readKeptCases(path);
  assertEquals(kept.map(({ role, slice }) => [role, slice]), [
    ["best", 1],
    ["median", 1],
    ["worst", 1],
  ]);
  const { image, label, ftn, dice } = kept[0]!;
  assertEquals(Uint8Array.fromBase64(image), new Uint8Array(256).fill(128));
  assertEquals(Uint8Array.fromBase64(label), labels.slice(256, 512));
  assertEquals(Uint8Array.fromBase64(ftn), new Uint8Array(256).fill(3));
  assertEquals(dice, { ftn: 0.8, stn: 0.5 });
  await assertRejects(
    () => keepCases(path, evaluation, new Map(), () => Promise.resolve(prepared), segmenter),
    RangeError,
    "set A does not hold it",
  );
  await Deno.remove(dir, { recursive: true });
});

Deno.test("readKeptCases() names file and key of what it cannot read", () =>
  inFolder(async (dir) => {
    const path = join(dir, "cases.json");
    assertEquals(await readKeptCases(path), []);
    const one: PageCase = {
      ...{
        role: "best" as const,
        set: "A",
        id: "a",
        dice: { ftn: 0.5 },
        slice: 0,
        slices: 1,
        size: 1,
      },
      ...{ image: "AA==", label: "AA==", ftn: "AA==" },
    };
    await Deno.writeTextFile(path, keptCasesText([one]));
    assertEquals(await readKeptCases(path), [one]);
    const { ftn: _, ...lacking } = one;
    const bad: [string, string][] = [
      ["", "it is no JSON"],
      ["null", "it is null, wanted object"],
      ["5", "it is 5, wanted object"],
      ["[]", "it is [], wanted object"],
      ["{}", "format is missing, wanted 1"],
      ['{"format":1}', "cases is missing"],
      [JSON.stringify({ format: 1, cases: [lacking] }), "cases.0.ftn is missing"],
    ];
    for (const [text, wanted] of bad) {
      await Deno.writeTextFile(path, text);
      const error = await assertRejects(() => readKeptCases(path), StudyError, wanted);
      assertStringIncludes((error as Error).message, path);
    }
  }));
