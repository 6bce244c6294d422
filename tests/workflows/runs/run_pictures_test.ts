import { assert, assertEquals } from "../../deps.ts";
import { decodePng } from "../../../lib/base/deps/png.ts";
import { exists } from "../../../lib/formats/files/exists.ts";
import { runFolder } from "../../../lib/formats/run_folder/run_folder.ts";
import type { Batch } from "../../../lib/imaging/data/batches/batch.ts";
import { prepareCase } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import { drawRun, spread } from "../../../lib/workflows/runs/run_pictures.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { RUN_DATA } from "../../imaging/data/run_data.ts";
import { tinyHeart } from "../../imaging/data/tiny_heart.ts";
import { FakeStepper } from "../../learning/training/fake_stepper.ts";
import { inFolder } from "./tiny_run.ts";

const prepared = await prepareCase(tinyHeart().source, { size: square(32), spacing: 1.6 });
const data = {
  ...RUN_DATA,
  preparation: { ...RUN_DATA.preparation, size: square(32) },
};
const cases = Array.from({ length: 6 }, (_, n) => ({ ...prepared, id: `case ${n}` }));

const picture = async (path: string) => decodePng(await Deno.readFile(path));

Deno.test("drawRun() shows the middle slices of four cases, from first to last", () =>
  inFolder(async (dir) => {
    const folder = runFolder(dir), segmenter = new FakeStepper();
    await Deno.writeTextFile(folder.log, '{"step":1,"epoch":1,"seconds":1,"totalLoss":2}\n');
    let shown: readonly string[] | undefined;
    const hardExample = (batch: Batch) => (shown = batch.ids, segmenter.hardExample(batch));
    await drawRun(folder, spread(cases), { segmenter, hardExample, data });
    assertEquals(shown, ["case 0#1", "case 2#1", "case 3#1", "case 5#1"]);
    assert((await picture(folder.lossCurves)).width > 100);
    const whole = await picture(folder.slices);
    // A method without the STN and hard examples has fewer columns.
    await drawRun(folder, spread(cases), {
      segmenter: new FakeStepper(["ftn"]),
      hardExample: () => ({}),
      data,
    });
    const less = await picture(folder.slices);
    assert(less.width < whole.width && less.height === whole.height);
  }));

Deno.test("drawRun() shows one case twice, since hard examples want a batch, and none without labels", () =>
  inFolder(async (dir) => {
    const folder = runFolder(dir), segmenter = new FakeStepper();
    let batch = 0;
    const hardExample = (given: Batch) => (batch = given.batch, {});
    await drawRun(folder, spread(cases.slice(0, 1)), { segmenter, hardExample, data });
    assertEquals(batch, 2);
    await Deno.remove(folder.slices);
    const { labels: _, ...bare } = prepared;
    await drawRun(folder, [bare], { segmenter, hardExample, data });
    assertEquals([await exists(folder.lossCurves), await exists(folder.slices)], [true, false]);
  }));
