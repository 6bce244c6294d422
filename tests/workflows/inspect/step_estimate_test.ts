import { assert, assertEquals } from "../../deps.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { preparationSchema } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import type { InspectedGrid } from "../../../lib/workflows/inspect/inspection.ts";
import { estimateTraining } from "../../../lib/workflows/inspect/step_estimate.ts";

const grid: InspectedGrid = {
  shape: [10, 100, 50],
  spacing: [8, 2, 2],
  orientation: "RAS",
  sliceAxis: 0,
  sliceDirection: "R",
};

Deno.test("estimateTraining() is near what was measured", async () => {
  // Rows of tests/bench/RESULTS.md and the first command of the README.
  const measured = [
    { width: 16, batch: 20, side: 192, seconds: 7.4, bytes: 1.33e9 },
    { width: 16, batch: 20, side: 96, seconds: 1.8, bytes: 0.37e9 },
    { width: 8, batch: 6, side: 96, seconds: 0.2, bytes: 0.1e9 },
  ];
  for (const { width, batch, side, seconds, bytes } of measured) {
    const config = await resolveConfig({
      set: [`model.baseWidth=${width}`, `training.batchSize=${batch}`],
    });
    const preparation = preparationSchema.parse({ size: square(side) });
    const estimate = estimateTraining(config, preparation, [grid], 1, 2);
    assert(Math.abs(estimate.secondsPerStep / seconds - 1) < 0.15, `${estimate.secondsPerStep} s`);
    assert(Math.abs(estimate.bytes.step / bytes - 1) < 0.15, `${estimate.bytes.step} bytes`);
  }
});

Deno.test("estimateTraining() counts slices along their axis, whole ones where they are tiled", async () => {
  const config = await resolveConfig({
    set: ["training.batchSize=4", "training.epochs=3", "training.maxSteps=null"],
  });
  const preparation = preparationSchema.parse({ size: square(32), spacing: 1 });
  const cut = estimateTraining(config, preparation, [grid, grid], 1, 1);
  assertEquals([cut.steps, cut.bytes.cases], [3 * 5, 20 * 32 * 32 * 10]);
  const tiled = estimateTraining(config, { ...preparation, larger: "tiles" }, [grid], 2, 1);
  assertEquals(tiled.bytes.cases, 10 * 200 * 100 * 18);
});
