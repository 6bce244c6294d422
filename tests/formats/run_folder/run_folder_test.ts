import { assertEquals, assertRejects } from "../../deps.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { createRunFolder, nextRunDir } from "../../../lib/formats/run_folder/run_folder.ts";
import { openRunFolder } from "../../../lib/workflows/runs/open_run_folder.ts";
import {
  RunExistsError,
  RunFolderError,
} from "../../../lib/formats/run_folder/run_folder_error.ts";

Deno.test("createRunFolder() makes exactly the folder asked for, and openRunFolder() reads it", async () => {
  const parent = await Deno.makeTempDir();
  const config = await resolveConfig({ set: ["data.size=32"] });
  await createRunFolder(`${parent}/a/b`, config);
  assertEquals((await openRunFolder(`${parent}/a/b`)).config, config);
  assertEquals([...Deno.readDirSync(`${parent}/a/b`)].map(({ name }) => name), ["config.json"]);
  await assertRejects(() => createRunFolder(`${parent}/a/b`, config), RunExistsError, "--resume");
  await Deno.remove(parent, { recursive: true });
});

Deno.test("createRunFolder() and openRunFolder() refuse what is no folder of a run", async () => {
  const parent = await Deno.makeTempDir();
  await Deno.writeTextFile(`${parent}/file`, "");
  const config = await resolveConfig();
  await assertRejects(() => createRunFolder(`${parent}/file/run`, config), WriteError, "file");
  await assertRejects(() => openRunFolder(`${parent}/none`), RunFolderError, `${parent}/none`);
  await Deno.writeTextFile(`${parent}/config.json`, '{"data":{"sise":1}}');
  await assertRejects(() => openRunFolder(parent), RunFolderError, "data.sise");
  for (const text of ["null", "5", "[]", "{}", '{"data":{}}', "no JSON"]) {
    await Deno.writeTextFile(`${parent}/config.json`, text);
    await assertRejects(() => openRunFolder(parent), RunFolderError, `${parent}/config.json`);
  }
  await Deno.remove(parent, { recursive: true });
});

Deno.test("createRunFolder() removes a folder again that is new and cannot take the configuration", async () => {
  const parent = await Deno.makeTempDir();
  const config = await resolveConfig();
  const toJSON = () => {
    throw new RangeError("too large");
  };
  const create = (dir: string) => createRunFolder(dir, Object.assign({ toJSON }, config));
  await assertRejects(() => create(`${parent}/run`), RangeError, "too large");
  assertEquals([...Deno.readDirSync(parent)], []);
  await Deno.writeTextFile(`${parent}/mine`, "");
  await assertRejects(() => create(parent), RangeError, "too large");
  assertEquals([...Deno.readDirSync(parent)].map(({ name }) => name), ["mine"]);
  await Deno.remove(parent, { recursive: true });
});

Deno.test("nextRunDir() gives the first free number", async () => {
  const parent = await Deno.makeTempDir();
  await Deno.mkdir(`${parent}/001`);
  assertEquals(await nextRunDir(parent), `${parent}/002`);
  await Deno.remove(parent, { recursive: true });
});

Deno.test("createRunFolder() starts no run in the folder of a study, and says how to go on", async () => {
  const dir = await Deno.makeTempDir();
  await Deno.writeTextFile(`${dir}/study.json`, "{}");
  const config = await resolveConfig();
  await assertRejects(
    () => createRunFolder(dir, config),
    RunExistsError,
    `Cannot start a run in ${dir}: it holds a study; go on with it by study --resume ${dir}`,
  );
  assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), ["study.json"]);
  await Deno.remove(dir, { recursive: true });
});
