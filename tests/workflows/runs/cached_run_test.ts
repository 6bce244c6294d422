import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { TrainingEvents } from "../../../lib/learning/training/events.ts";
import type { Batch } from "../../../lib/imaging/data/batches/batch.ts";
import { clearCache, readCacheContents } from "../../../lib/imaging/data/cases/cache_contents.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import type { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import type { RunHooks } from "../../../lib/workflows/runs/run_hooks.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { FakeStepper } from "../../learning/training/fake_stepper.ts";
import { inFolder, names } from "./tiny_run.ts";

/** A stepper whose state any pixel of any batch changes. */
class AttentiveStepper extends FakeStepper {
  override step(batch: Batch, rng: RandomStream) {
    let sum = 0;
    batch.images.forEach((value, n) => sum += value * (n % 7 + 1));
    batch.labels.forEach((value, n) => sum += value * (n % 5 + 1));
    return super.step({ ...batch, images: Float32Array.of(sum) }, rng);
  }
}

/** Runs on phantom subjects in files; gives what it left, and the lines that it told. */
async function trained(parent: string, name: string, set: string[], hooks: RunHooks = {}) {
  const config = await resolveConfig({
    set: [
      ...["data.size=16", "data.spacing=12", "data.layout=mnms", "evaluation.artifacts=false"],
      ...["training.epochs=3", "training.batchSize=8", `output.dir=${parent}/${name}`],
      ...[`data.dir=${parent}/data/site-A`, "data.larger=crop", "data.emptySlices=replace"],
      ...set,
    ],
  });
  const notices: string[] = [];
  await startRun(config, {
    createStepper: () => Promise.resolve(new AttentiveStepper()),
    clock: () => 0,
    onNotice: (line) => notices.push(line),
    ...hooks,
  });
  const read = (file: string) => Deno.readTextFile(`${parent}/${name}/${file}`);
  const log = (await read("log.jsonl")).replaceAll(/"[a-zA-Z]*[sS]econds":[^,}]*,?/g, "");
  const pictures = await Deno.readFile(`${parent}/${name}/slices.png`);
  const left = [log, await read("evaluation.json"), await read("metrics.csv"), pictures] as const;
  return { left, notices };
}

async function withData(run: (parent: string) => Promise<void>): Promise<void> {
  await inFolder(async (parent) => {
    const [site] = await writePhantom(`${parent}/data`, { sites: ["A"], subjects: 4, seed: 1 });
    await Deno.rename(site!, `${parent}/data/site-A`).catch(() => {});
    await run(parent);
  });
}

Deno.test("a run comes out the same with and without a cache, at any bound of memory", () =>
  withData(async (parent) => {
    const cache = `data.cache=${parent}/cache`, little = "data.memory=0.00001";
    const { left: expected } = await trained(parent, "none", ["data.cache=none"]);
    assertEquals((await readCacheContents(`${parent}/cache`)).entries, 0);
    for (
      const [name, set] of [
        ["cold", [cache]],
        ["warm", [cache]],
        ["little", [cache, little]],
        ["none-little", ["data.cache=null", little]],
      ] as const
    ) {
      assertEquals((await trained(parent, name, [...set])).left, expected, name);
      if (name === "cold") {
        assertEquals((await readCacheContents(`${parent}/cache`)).entries, 8);
        // Until the files count as unchanged.
        await new Promise((resolve) => setTimeout(resolve, 2500));
        await trained(parent, "noted", [cache]);
      }
      assertEquals(names(`${parent}/cache`).filter((file) => file.endsWith(".tmp")), []);
    }
    const { notices } = await trained(parent, "known", [cache]);
    const counts = notices.filter((line) => line.startsWith("preparing "));
    assert(/^preparing 0 cases for the first step; \d are in the cache$/.test(counts.join()));
  }));

Deno.test("a run goes on where its cache is cleared or damaged while it runs", () =>
  withData(async (parent) => {
    const set = [`data.cache=${parent}/cache`, "data.memory=0.00000001"];
    const { left: expected } = await trained(parent, "none", ["data.cache=none"]);
    const damage = async () => {
      for (const name of names(`${parent}/cache`)) {
        using file = await Deno.open(`${parent}/cache/${name}`, { write: true });
        await file.seek(-400, Deno.SeekMode.End).catch(() => {});
        await file.write(new Uint8Array(400).fill(77));
      }
    };
    for (const [name, harm] of [["clear", clearCache], ["damage", damage]] as const) {
      const events = new TrainingEvents().on("step", async ({ position: { step } }) => {
        if (step === 2 || step === 4) await harm(`${parent}/cache`);
      });
      assertEquals((await trained(parent, name, set, { events })).left, expected, name);
    }
    assertEquals((await trained(parent, "after", set)).left, expected);
  }));

Deno.test("a cache that nobody can write to is told in a line, and the run goes on", () =>
  withData(async (parent) => {
    await Deno.writeTextFile(`${parent}/file`, "");
    const { left: expected } = await trained(parent, "none", ["data.cache=none"]);
    const { left, notices } = await trained(parent, "run", [`data.cache=${parent}/file/cache`]);
    assertEquals(left, expected);
    const told = notices.filter((line) => line.includes("cannot use the cache"));
    assertEquals(told.length, 1);
    assert(told[0]!.includes(`${parent}/file/cache`), told[0]);
  }));

Deno.test("a damaged file is told before the first step although others are in the cache", () =>
  withData(async (parent) => {
    const set = [`data.cache=${parent}/cache`];
    await trained(parent, "first", set);
    const { train } = JSON.parse(await Deno.readTextFile(`${parent}/first/division.json`));
    const path = `${parent}/data/site-A/${train[0]}/${train[0]}_sa_ED.nii.gz`;
    const bytes = await Deno.readFile(path);
    // In the middle of its voxels, which no header tells.
    bytes[bytes.length >> 1]! ^= 255;
    await Deno.writeFile(path, bytes);
    await assertRejects(() => trained(parent, "second", set), NiftiError, path);
    assert(!names(parent).includes("second"));
  }));
