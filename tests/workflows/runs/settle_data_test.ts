import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { taskSchema } from "../../../lib/base/task/task.ts";
import { createRunFolder } from "../../../lib/formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { openRunCases } from "../../../lib/imaging/data/cases/run_cases.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { ACDC_TASK, MNMS_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import { resumeRun } from "../../../lib/workflows/runs/resume_run.ts";
import { networkModel, readData, settleData } from "../../../lib/workflows/runs/settle_data.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { createStepper, inFolder, tinyConfig } from "./tiny_run.ts";

Deno.test("settleData() chooses what is auto, keeps it, and holds to it whatever settings say", () =>
  inFolder(async (parent) => {
    const [dir] = await writePhantom(`${parent}/data`, { sites: ["A"], subjects: 3, seed: 1 });
    const config = await tinyConfig(
      ...[`${parent}/run`, `data.dir=${dir}`, "data.layout=mnms"],
      ...["data.size=auto", "data.spacing=auto"],
    );
    const cases = await openRunCases(config),
      folder = await createRunFolder(`${parent}/run`, config);
    const notices: string[] = [];
    const chosen = await settleData(folder, config, cases, (line) => notices.push(line));
    const { size, spacing } = chosen.preparation;
    assertEquals(chosen.task, MNMS_TASK);
    assertEquals([chosen.fingerprint!.cases, spacing], [
      cases.train.length,
      Number(chosen.fingerprint!.spacing.median.toPrecision(5)),
    ]);
    assert([size.height, size.width].every((side) => side % 16 === 0 && side > 16), `${size}`);
    assertEquals(notices.length, 1);
    for (const told of ["labels LV 1", `at ${spacing} mm`, `from ${cases.train.length} training`]) {
      assert(notices[0]!.includes(told), notices[0]);
    }

    const other = await tinyConfig(`${parent}/run`, `data.dir=${dir}`, "data.layout=mnms");
    assertEquals(await settleData(folder, other, cases, (line) => notices.push(line)), chosen);
    assertEquals(await readData(folder, other), chosen);
    assertEquals(notices.length, 1);
  }));

Deno.test("settleData() takes given settings as they are, along the axis of the training cases", () =>
  inFolder(async (dir) => {
    const config = await tinyConfig(dir, "data.size=16x32", "data.larger=tiles");
    const folder = await createRunFolder(dir, config);
    const { preparation, fingerprint, turn } = await settleData(
      ...[folder, config, await openRunCases(config)] as const,
    );
    assertEquals([preparation.size, preparation.spacing], [{ height: 16, width: 32 }, 12]);
    assertEquals([preparation.larger, preparation.sliceDirection], ["tiles", "S"]);
    assertEquals([fingerprint, turn], [null, null]);
  }));

Deno.test("settleData() refuses other labels or channels than the run began with", () =>
  inFolder(async (dir) => {
    const config = await tinyConfig(dir), cases = await openRunCases(config);
    const folder = await createRunFolder(dir, config);
    await settleData(folder, config, cases);
    const channels = [{ name: "another" }];
    for (const task of [ACDC_TASK, { ...MNMS_TASK, channels }, { ...MNMS_TASK, ignore: 9 }]) {
      await assertRejects(
        () => settleData(folder, config, { ...cases, task }),
        RunFolderError,
        `phantom has other labels or channels than the run's ${folder.data}`,
      );
    }
  }));

Deno.test("resumeRun() refuses a data set that has other labels by now", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    await startRun(
      await tinyConfig(dir, "output.pictures=false", "evaluation.artifacts=false"),
      { createStepper },
    );
    const data = JSON.parse(await Deno.readTextFile(`${dir}/data.json`));
    data.task.labels[1].name = "left ventricle";
    await Deno.writeTextFile(`${dir}/data.json`, JSON.stringify(data));
    await assertRejects(
      () => resumeRun(dir, { training: { epochs: 2 } }, { createStepper }),
      RunFolderError,
      "other labels or channels",
    );
  }));

Deno.test("readData() tells the data of a run from before it was saved by its layout", () =>
  inFolder(async (dir) => {
    const config = await tinyConfig(dir), folder = await createRunFolder(dir, config);
    await assertRejects(() => readData(folder, config), RunFolderError, "not begun to train");
    await Deno.writeTextFile(folder.log, "");
    const phantom = await readData(folder, config);
    assertEquals([phantom.task, phantom.turn, phantom.geometry], [MNMS_TASK, null, "auto"]);
    assertEquals(phantom.preparation.size, { height: 16, width: 16 });
    const acdc = await readData(folder, {
      ...config,
      data: { ...config.data, dir: "/acdc", layout: "acdc" },
    });
    assertEquals([acdc.task, acdc.geometry, acdc.turn === null], [ACDC_TASK, "pixdim", false]);
    await Deno.writeTextFile(folder.data, "{}");
    await assertRejects(() => readData(folder, config), RunFolderError, folder.data);
  }));

Deno.test("networkModel() has the classes and channels of the task, and the levels settled", () => {
  const channels = [{ name: "T1" }, { name: "T2" }];
  const task = taskSchema.parse({ ...MNMS_TASK, channels });
  assertEquals(networkModel({ baseWidth: 8 }, { task, levels: 3 }), {
    ...{ baseWidth: 8, classes: 4, inputChannels: 2, levels: 3 },
  });
});
