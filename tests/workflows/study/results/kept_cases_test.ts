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

const dice = (mean: number) => ({ byLabel: {}, mean });
const volume = (id: string, mean: number) => ({ set: "A", id, ftn: dice(mean), stn: dice(0.5) });

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
  // Two channels a slice, of which the first is shown.
  const images = new Float32Array(3 * 2 * 256).fill(0.5, 512, 768).fill(1, 768, 1024);
  const size = { height: 8, width: 32 };
  const prepared = { id: "a", ...size, tile: size, slices: 3, channels: 2, images, labels };
  const segmenter = {
    segment: ({ images: part, channels, height, width, tile }: SliceStack) => {
      assertEquals({ channels, height, width, tile }, { channels: 2, ...size, tile: size });
      return {
        ftn: Uint8Array.from(part.subarray(256), (value) => value > 0.5 ? 3 : 0),
        stn: new Uint8Array(256),
      };
    },
  };
  const evaluation = { volumes: [volume("a", 0.8)] } as unknown as Evaluation;
  await keepCases(
    path,
    evaluation,
    new Map([["A", [source]]]),
    () => Promise.resolve(prepared as unknown as PreparedCase),
    segmenter,
  );
  const kept = await readKeptCases(path);
  assertEquals(kept.map(({ role, slice }) => [role, slice]), [
    ["best", 1],
    ["median", 1],
    ["worst", 1],
  ]);
  const { image, label, ftn, dice, height, width } = kept[0]!;
  assertEquals({ height, width }, size);
  assertEquals(Uint8Array.fromBase64(image), new Uint8Array(256).fill(128));
  assertEquals(Uint8Array.fromBase64(label), labels.slice(256, 512));
  assertEquals(Uint8Array.fromBase64(ftn), new Uint8Array(256).fill(3));
  assertEquals(dice, { ftn: 0.8, stn: 0.5 });
  await assertRejects(
    () =>
      keepCases(
        path,
        evaluation,
        new Map(),
        () => Promise.resolve(prepared as unknown as PreparedCase),
        segmenter,
      ),
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
        height: 1,
        width: 1,
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
      ["{}", "format is missing, wanted 2"],
      ['{"format":2}', "cases is missing"],
      [JSON.stringify({ format: 2, cases: [lacking] }), "cases.0.ftn is missing"],
    ];
    for (const [text, wanted] of bad) {
      await Deno.writeTextFile(path, text);
      const error = await assertRejects(() => readKeptCases(path), StudyError, wanted);
      assertStringIncludes((error as Error).message, path);
    }
  }));

Deno.test("readKeptCases() reads version 1, whose slices were square", () =>
  inFolder(async (dir) => {
    const path = join(dir, "cases.json");
    const one = {
      ...{ role: "best", set: "A", id: "a", dice: { ftn: 0.5 }, slice: 0, slices: 1 },
      ...{ image: "AA==", label: "AA==", ftn: "AA==" },
    };
    await Deno.writeTextFile(path, JSON.stringify({ format: 1, cases: [{ ...one, size: 1 }] }));
    assertEquals(await readKeptCases(path), [{ ...one, height: 1, width: 1 } as PageCase]);
    for (const text of ["null", "5", "[]", "{}", JSON.stringify({ format: 1, cases: [one] })]) {
      await Deno.writeTextFile(path, text);
      await assertRejects(() => readKeptCases(path), StudyError, path);
    }
  }));
