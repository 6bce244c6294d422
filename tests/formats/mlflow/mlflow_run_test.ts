import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { openExperiment } from "../../../lib/formats/mlflow/experiment.ts";
import { MlflowError } from "../../../lib/formats/mlflow/mlflow_error.ts";
import { MlflowRun, type MlflowRunOptions } from "../../../lib/formats/mlflow/mlflow_run.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { readStore } from "./read_store.ts";

const optionsIn = (dir: string): MlflowRunOptions => ({
  ...{ store: `${dir}/ml runs`, experiment: "heart: ü", name: "first run" },
  ...{ record: `${dir}/mlflow.json`, step: 0, now: 1000 },
});

Deno.test("MlflowRun writes a run as MLflow's file store reads it", () =>
  inFolder(async (dir) => {
    const { run, isKnown } = await MlflowRun.open(optionsIn(dir));
    await run.setParams({ "data.size": "auto", long: "x".repeat(9999), "odd: name/é": "1" });
    await run.setTags({ "mlflow.source.name": "tandem" });
    await run.append({ "loss/total": 0.5, "test/M&Ms/Dice": 1e-12 }, 1, 2000);
    await run.append({ "loss/total": NaN, other: -Infinity }, 2, 3000);
    await Deno.writeTextFile(`${dir}/config.json`, "{}");
    await run.addArtifacts([`${dir}/config.json`, `${dir}/none.png`]);
    const running = await readStore(`${dir}/ml runs`);
    assertEquals(Object.keys(running).sort(), ["Default", "heart: ü"]);
    const [stored, ...others] = running["heart: ü"]!;
    assertEquals([isKnown, others, stored!.name], [false, [], "first run"]);
    assertEquals([stored!.status, stored!.ended], [1, false]);
    assertEquals(stored!.params["data.size"], "auto");
    assertEquals([stored!.params.long!.length, stored!.params["odd_ name_é"]], [500, "1"]);
    assertEquals(stored!.tags, { "mlflow.runName": "first run", "mlflow.source.name": "tandem" });
    assertEquals(stored!.metrics, {
      "loss/total": [[0.5, 1], [NaN, 2]],
      "test/M_Ms/Dice": [[1e-12, 1]],
      other: [[-Infinity, 2]],
    });
    assertEquals(stored!.artifacts, ["config.json"]);
    await run.setStatus("finished", 4000);
    run.close();
    const [ended] = (await readStore(`${dir}/ml runs`))["heart: ü"]!;
    assertEquals([ended!.status, ended!.ended], [3, true]);
  }));

Deno.test("MlflowRun goes on with its run after a step, and with another where that is gone", () =>
  inFolder(async (dir) => {
    const options = optionsIn(dir), { run } = await MlflowRun.open(options);
    for (const step of [1, 2, 3]) await run.append({ loss: 1 / step }, step, 1000 * step);
    await run.append({ late: 9 }, 3, 3000);
    run.close();
    // what a killed process leaves
    await Deno.writeTextFile(`${run.dir}/metrics/loss`, "4000 0.2", { append: true });
    const again = await MlflowRun.open({ ...options, step: 2, now: 9000 });
    assertEquals([again.isKnown, again.run.dir], [true, run.dir]);
    await again.run.append({ loss: 7 }, 3, 9000);
    again.run.close();
    const [stored, ...others] = (await readStore(options.store))["heart: ü"]!;
    assertEquals(stored!.metrics, { loss: [[1, 1], [0.5, 2], [7, 3]] });
    assertEquals([others, stored!.status], [[], 1]);
    await Deno.remove(run.dir, { recursive: true });
    const anew = await MlflowRun.open({ ...options, step: 2 });
    anew.run.close();
    assertEquals(anew.isKnown, false);
    assert(anew.run.dir !== run.dir);
  }));

Deno.test("MlflowRun begins another run where MLflow was told to delete its own", () =>
  inFolder(async (dir) => {
    const options = optionsIn(dir), { run } = await MlflowRun.open(options);
    run.close();
    const meta = `${run.dir}/meta.yaml`, text = await Deno.readTextFile(meta);
    const deleted = text.replace(/^lifecycle_stage: .*$/m, "lifecycle_stage: deleted");
    assert(deleted !== text);
    await Deno.writeTextFile(meta, deleted);
    const anew = await MlflowRun.open({ ...options, step: 2 });
    anew.run.close();
    assertEquals(anew.isKnown, false);
    assert(anew.run.dir !== run.dir);
    assertEquals(await Deno.readTextFile(meta), deleted);
  }));

Deno.test("MlflowRun tells no value twice that an earlier sitting ended with", () =>
  inFolder(async (dir) => {
    const options = optionsIn(dir), { run } = await MlflowRun.open(options);
    await run.append({ "test/x": 0.5, loss: 1, odd: NaN }, 2, 1000);
    run.close();
    const again = await MlflowRun.open({ ...options, step: 2 });
    await again.run.append({ "test/x": 0.5, odd: NaN }, 2, 2000);
    await again.run.append({ loss: 1 }, 3, 3000);
    await again.run.append({ "test/x": 0.75 }, 2, 4000);
    again.run.close();
    const [stored] = (await readStore(options.store))["heart: ü"]!;
    assertEquals(stored!.metrics, {
      "test/x": [[0.5, 2], [0.75, 2]],
      loss: [[1, 2], [1, 3]],
      odd: [[NaN, 2]],
    });
  }));

Deno.test("openExperiment() takes one that MLflow has made, and makes one for all who ask at once", () =>
  inFolder(async (store) => {
    await Deno.mkdir(`${store}/42`);
    const meta = "artifact_location: file:///x/42\nexperiment_id: '42'\nlifecycle_stage: active\n" +
      "name: theirs\n";
    await Deno.writeTextFile(`${store}/42/meta.yaml`, meta);
    await Deno.mkdir(`${store}/broken`);
    await Deno.writeTextFile(`${store}/broken/meta.yaml`, "[");
    assertEquals((await openExperiment(store, "theirs", 1)).id, "42");
    const ids = await Promise.all([1, 2, 3].map((now) => openExperiment(store, "mine", now)));
    assertEquals(new Set(ids.map(({ id }) => id)).size, 1);
    assert(/^\d{18}$/.test(ids[0]!.id));
    const names = [...Deno.readDirSync(store)].map(({ name }) => name).sort();
    assertEquals(names, [".trash", "42", "broken", ids[0]!.id].sort());
    await Deno.writeTextFile(
      `${store}/${ids[0]!.id}/meta.yaml`,
      `experiment_id: '${ids[0]!.id}'\nlifecycle_stage: deleted\nname: mine\n`,
    );
    await assertRejects(
      () => openExperiment(store, "mine", 1),
      MlflowError,
      "no active experiment",
    );
  }));

Deno.test("MlflowRun names what it cannot write, and a record that leads elsewhere", () =>
  inFolder(async (dir) => {
    await assertRejects(
      () => MlflowRun.open({ ...optionsIn(dir), store: "/proc/mlruns" }),
      WriteError,
      "/proc/mlruns",
    );
    for (const record of ["null", '{"format":1,"experiment":"..","run":"x","started":0}', "{"]) {
      await Deno.writeTextFile(`${dir}/mlflow.json`, record);
      await assertRejects(() => MlflowRun.open(optionsIn(dir)), MlflowError, "mlflow.json");
    }
  }));
