import { assertEquals, assertRejects } from "../../deps.ts";
import { readPostprocessing } from "../../../lib/formats/run_folder/postprocessing.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { postprocessRun } from "../../../lib/workflows/runs/postprocess_run.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { createStepper, inFolder, restoreSegmenter, tinyConfig } from "./tiny_run.ts";

const VALIDATED = ["data.validationFraction=0.34", "data.testFraction=0.34"];
const QUICK = ["output.pictures=false", "evaluation.artifacts=false"];

Deno.test("postprocessRun() saves what the validation subjects say, of both networks", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    const config = await tinyConfig(dir, ...VALIDATED, ...QUICK);
    await startRun(config, { createStepper });
    const found = await postprocessRun(dir, { restoreSegmenter });
    assertEquals(await readPostprocessing(`${dir}/postprocessing.json`), found);
    assertEquals([found.cases, found.connectivity], [2, 26]);
    assertEquals(found.networks.stn!.labels.map(({ name }) => name), ["LV", "MYO", "RV"]);
    assertEquals(await postprocessRun(dir, { restoreSegmenter }), found);
    const division = JSON.parse(await Deno.readTextFile(`${dir}/division.json`));
    const exchanged = { ...division, train: division.validation, validation: division.train };
    await Deno.writeTextFile(`${dir}/division.json`, JSON.stringify(exchanged));
    await assertRejects(
      () => postprocessRun(dir, { restoreSegmenter }),
      RunFolderError,
      "has other validation subjects by now",
    );
  }));

Deno.test("postprocessRun() refuses a run without validation subjects", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    const none = ["data.validationFraction=0", "data.testFraction=0.34"];
    await startRun(await tinyConfig(dir, ...none, ...QUICK), { createStepper });
    await assertRejects(
      () => postprocessRun(dir, { restoreSegmenter }),
      RunFolderError,
      "phantom has no validation subjects",
    );
  }));
