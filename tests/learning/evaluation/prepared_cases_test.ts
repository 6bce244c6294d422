import { assert, assertEquals, assertRejects, assertThrows } from "../../deps.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { preparationSchema } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import { type EvaluableCase, segmentCase } from "../../../lib/learning/evaluation/segment_case.ts";
import { PreparedCases } from "../../../lib/learning/evaluation/prepared_cases.ts";
import { tinyHeart } from "../../imaging/data/tiny_heart.ts";
import { FakeStepper } from "../training/fake_stepper.ts";

const grid = { ...preparationSchema.parse({}), size: square(32), spacing: 1.6 };

/** A case that counts how often it is loaded. */
function counted(id = "a") {
  const { source } = tinyHeart();
  const loads = { count: 0 };
  return {
    loads,
    source: { ...source, id, load: () => (loads.count++, source.load()) },
  };
}

Deno.test("PreparedCases prepares a case once a set and grid, without the field", async () => {
  const kept = new PreparedCases(), { loads, source } = counted();
  const [first, again] = await Promise.all([
    kept.prepare(source, "site A", grid),
    kept.prepare({ ...source }, "site A", grid),
  ]);
  assert(first === again && !("field" in first));
  assertEquals(loads.count, 1);
  await kept.prepare(source, "RandBias", grid);
  await kept.prepare(source, "site A", { ...grid, size: square(16) });
  await kept.prepare(source, "site A", { ...grid, spacing: 2 });
  assertEquals(loads.count, 4);
  const { ftn, truth } = await segmentCase(new FakeStepper(), first, "native");
  assertEquals(ftn.length, truth.length);
});

Deno.test("PreparedCases keeps no more than it may, the first ones", async () => {
  const bytes = ({ images, labels, reference }: EvaluableCase) =>
    images.byteLength + labels!.byteLength + reference.label!.data.byteLength;
  const one = bytes(await new PreparedCases().prepare(counted().source, "site A", grid));
  const kept = new PreparedCases(2 * one - 1), [a, b] = [counted("a"), counted("b")];
  for (let round = 0; round < 2; round++) {
    for (const { source } of [a, b]) await kept.prepare(source, "site A", grid);
  }
  assertEquals([a.loads.count, b.loads.count], [1, 2]);
  for (const most of [-1, NaN]) assertThrows(() => new PreparedCases(most), RangeError, `${most}`);
});

Deno.test("PreparedCases tries a case again that could not be loaded", async () => {
  const kept = new PreparedCases(), { source } = counted();
  const broken = { ...source, load: () => Promise.reject(new Error("torn")) };
  await assertRejects(() => kept.prepare(broken, "site A", grid), Error, "torn");
  assertEquals((await kept.prepare(source, "site A", grid)).id, "a");
});
