import { assertAlmostEquals, assertEquals, assertRejects } from "../deps.ts";
import { compareToKept, type KeptDay, readKept, withDay } from "./kept_marks.ts";

const DAY: KeptDay = {
  cpu: "Some Processor",
  threads: 2,
  deno: "2.9.6",
  date: "2026-11-30",
  peak: 100,
  marks: { step: 2, kernel: 0.5 },
};

Deno.test("compareToKept() compares times at the peak of their own day", () => {
  const slower = { ...DAY, peak: 50, marks: { step: 4, other: 1 } };
  assertEquals(compareToKept([DAY], slower), [{ name: "step", seconds: 4, before: 2, ratio: 1 }]);
  assertEquals(compareToKept([DAY], { ...DAY, marks: { step: 3 } })?.[0]?.ratio, 1.5);
});

Deno.test("compareToKept() compares with no other processor, nor number of threads", () => {
  assertEquals(compareToKept([DAY], { ...DAY, cpu: "Another" }), undefined);
  assertEquals(compareToKept([DAY], { ...DAY, threads: 1 }), undefined);
  assertEquals(compareToKept([], DAY), undefined);
});

Deno.test("withDay() keeps a day a processor, and the marks that were not taken again", () => {
  const other = { ...DAY, cpu: "Another" };
  const next: KeptDay = { ...DAY, date: "2026-12-01", peak: 200, marks: { step: 0.9 } };
  const days = withDay([DAY, other], next);
  assertEquals(days.map(({ cpu, date }) => [cpu, date]), [
    ["Another", "2026-11-30"],
    ["Some Processor", "2026-12-01"],
  ]);
  assertEquals(days[1]!.marks.step, 0.9);
  // Half a second at a peak of 100 is a quarter at one of 200.
  assertAlmostEquals(days[1]!.marks.kernel!, 0.25);
  assertEquals(compareToKept(days, DAY)!.find(({ name }) => name === "kernel")!.ratio, 1);
});

Deno.test("readKept() reads what the repository keeps, nothing where nothing is, and no other JSON", async () => {
  const folder = await Deno.makeTempDir();
  const file = new URL(`file://${folder}/kept.json`);
  assertEquals(await readKept(file), []);
  await Deno.writeTextFile(file, JSON.stringify([DAY]));
  assertEquals(await readKept(file), [DAY]);
  await Deno.writeTextFile(file, "null");
  await assertRejects(() => readKept(file));
  await Deno.remove(folder, { recursive: true });
});
