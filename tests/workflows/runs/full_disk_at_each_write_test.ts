import { assert, assertEquals } from "../../deps.ts";
import { exists } from "../../../lib/formats/files/exists.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { resumeRun } from "../../../lib/workflows/runs/resume_run.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { fullDiskFrom } from "../../full_disk.ts";
import { contentOf, halfWritten, passingNames } from "../../fuzz/folder_content.ts";
import { createStepper, inFolder, tinyConfig } from "./tiny_run.ts";

/** Writes from which the disk is full. */
const FIRST = [1, 5, 12];

Deno.test("a run whose disk fills up at any write says so, leaves nothing half-written, and goes on", () =>
  inFolder(async (parent) => {
    const run = async (dir: string) => {
      const config = await tinyConfig(dir, "evaluation.artifacts=false", "training.maxSteps=2");
      return await exists(`${dir}/config.json`)
        ? await resumeRun(dir, {}, { createStepper, clock: () => 0 })
        : await startRun(config, { createStepper, clock: () => 0 });
    };
    const whole = `${parent}/whole`;
    let writes: number;
    {
      using never = fullDiskFrom(Infinity);
      await run(whole);
      writes = never.writes;
    }
    assert(writes > FIRST.at(-1)!, `${writes} writes`);
    const wanted = await contentOf(whole, whole);
    for (const first of FIRST.filter((first) => first <= writes)) {
      const dir = `${parent}/${first}`;
      let failed: unknown;
      {
        using _full = fullDiskFrom(first);
        await run(dir).catch((error) => failed = error);
      }
      assert(failed instanceof WriteError, `from write ${first} on: ${failed}`);
      if (await exists(dir)) {
        assertEquals([passingNames(dir), await halfWritten(dir)], [[], []], `from write ${first}`);
      }
      await run(dir);
      assertEquals(await contentOf(dir, dir), wanted, `from write ${first} on`);
    }
  }));
