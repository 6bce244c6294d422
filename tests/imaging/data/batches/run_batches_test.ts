import { assertEquals, assertThrows } from "../../../deps.ts";
import { ConfigError } from "../../../../lib/base/config/config_error.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import type { Task } from "../../../../lib/base/task/task.ts";
import { square } from "../../../../lib/base/volume/slice_size.ts";
import { resolveConfig } from "../../../../lib/formats/files/resolve_config.ts";
import type { Recipe } from "../../../../lib/imaging/artifacts/compose.ts";
import { runBatches } from "../../../../lib/imaging/data/batches/run_batches.ts";
import { prepareCase } from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { RUN_DATA } from "../run_data.ts";
import { tinyHeart } from "../tiny_heart.ts";

const prepared = await prepareCase(tinyHeart(undefined, "p1").source, RUN_DATA.preparation);
const rng = () => RandomStream.fromSeed(0);

Deno.test("runBatches() refuses artifacts that a lone slice cannot have, naming the key", async () => {
  for (const artifact of ["moton", "mistriggering"]) {
    const config = await resolveConfig({ flags: { data: { size: 16, artifacts: { artifact } } } });
    const error = assertThrows(
      () => runBatches([prepared], config, RUN_DATA, rng()),
      ConfigError,
      "Cannot use data.artifacts",
    );
    assertEquals((error as ConfigError).keyPath, "data.artifacts");
  }
});

Deno.test("runBatches() refuses artifacts that make slices of another size", async () => {
  for (const fraction of [0.6, 0.985]) {
    const artifacts = { artifact: "wrap-around", options: { grid: "reduced", fraction } };
    const config = await resolveConfig({ flags: { data: { size: 16, artifacts } } });
    assertThrows(
      () => runBatches([prepared], config, RUN_DATA, rng()),
      ConfigError,
      "wrap-around makes slices of another size",
    );
  }
});

Deno.test("runBatches() refers noise to the body in slices that show none of the role", async () => {
  const artifacts = { artifact: "noise", options: { reference: "muscle" } };
  const config = await resolveConfig({
    flags: { data: { size: 16, artifacts, emptySlices: "keep" } },
  });
  const sampler = runBatches([prepared], config, RUN_DATA, rng());
  // slice 0 of the heart is empty
  for (let index = 0; index < sampler.batchesPerEpoch; index++) sampler.batchAt(0, index);
});

Deno.test("runBatches() refuses artifacts whose role no label of the task has", async () => {
  const artifacts = { artifact: "flow", mode: "physical" } as const satisfies Recipe;
  const config = await resolveConfig({ flags: { data: { size: 16, artifacts } } });
  runBatches([prepared], config, RUN_DATA, rng());
  const labels = RUN_DATA.task.labels.map(({ name, codes }) => ({ name, codes }));
  const data = { ...RUN_DATA, task: { ...RUN_DATA.task, labels } };
  const error = assertThrows(() => runBatches([prepared], config, data, rng()), ConfigError);
  assertEquals((error as ConfigError).message.includes("the role blood"), true);
});

Deno.test("runBatches() neither flips nor turns what has a left and a right, and tells", async () => {
  const task = (names: string[]): Task => ({
    labels: names.map((name, n) => ({ name, codes: [n] })),
    channels: [{ name: "image" }],
  });
  const config = await resolveConfig({ preset: "acdc-2021" });
  const told = (names: string[]) => {
    const lines: string[] = [];
    const data = { ...RUN_DATA, task: task(names) as typeof RUN_DATA.task };
    const sampler = runBatches([prepared], config, data, rng(), (line) => lines.push(line));
    return { lines, images: sampler.batchAt(0, 0).images };
  };
  const [sided, plain] = [told(["bg", "lung_l", "lung_r"]), told(["bg", "lung", "spine"])];
  assertEquals(sided.lines, [
    "labels are pairs of left and right: slices are neither flipped nor turned",
  ]);
  assertEquals(plain.lines, []);
  assertEquals(plain.images.every((value, n) => value === sided.images[n]), false);
});

Deno.test("runBatches() shows crops of the run's size where slices are kept whole", async () => {
  const preparation = { ...RUN_DATA.preparation, larger: "tiles" as const, spacing: 1 };
  const whole = await prepareCase(tinyHeart(undefined, "p1").source, preparation);
  const config = await resolveConfig({ preset: "quick" });
  const { height, width } = runBatches([whole], config, { ...RUN_DATA, preparation }, rng())
    .batchAt(0, 0);
  assertEquals({ height, width }, square(16));
  assertEquals(whole.width > 16 && whole.height > 16, true);
});
