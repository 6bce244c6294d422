import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../deps.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { exists } from "../../../lib/formats/files/exists.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { openRunCases } from "../../../lib/imaging/data/cases/run_cases.ts";
import { initConfig } from "../../../lib/workflows/inspect/init_config.ts";
import { writeText, writeVoxels } from "../../imaging/data/layouts/tiny_files.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

/** Four cases of nnU-Net with regions, of which one label is ignored. */
async function writeRegions(dir: string): Promise<void> {
  await writeText(`${dir}/dataset.json`, {
    channel_names: { 0: 'T1: "native"' },
    labels: { background: 0, whole: [1, 2], core: 2, ignore: 3 },
    regions_class_order: [1, 2],
    numTraining: 4,
    file_ending: ".nii",
  });
  for (const [n, name] of ["a", "b", "c", "d"].entries()) {
    await writeVoxels(`${dir}/imagesTr/${name}_0000.nii`, n + 1, 2, 3);
    await writeVoxels(`${dir}/labelsTr/${name}.nii`, 1, 2, 3);
  }
}

Deno.test("initConfig() writes what training takes for the same data, regions included", () =>
  inFolder(async (dir) => {
    await writeRegions(`${dir}/set`);
    const output = `${dir}/made/own.yaml`;
    const { path, inspection } = await initConfig(`${dir}/set`, { output, threads: 1 });
    assertEquals([path, inspection.cases.length], [output, 4]);
    const config = await resolveConfig({ file: output });
    const plain = await resolveConfig({ flags: { data: { dir: `${dir}/set` } } });
    const { labels, channels, ignore, layout, ...others } = config.data;
    const { labels: _, channels: __, ignore: ___, layout: ____, ...plainOthers } = plain.data;
    assertEquals({ ...config, data: others }, { ...plain, data: plainOthers });
    assertEquals([layout, ignore, labels!.length, channels!.length], ["nnunet", 3, 3, 1]);
    const [made, read] = [await openRunCases(config), await openRunCases(plain)];
    assertEquals(made.task, read.task);
    assert(made.task.regions !== undefined);
    assertEquals(made.division, read.division);
    const text = await Deno.readTextFile(output);
    assert(text.includes("# Of this data set auto makes "), text);
  }));

Deno.test("initConfig() replaces nothing unasked, and of two at once one is refused", () =>
  inFolder(async (dir) => {
    await writeRegions(`${dir}/set`);
    const output = `${dir}/own.yaml`, options = { output, threads: 1 };
    const both = await Promise.allSettled([
      initConfig(`${dir}/set`, options),
      initConfig(`${dir}/set`, options),
    ]);
    assertEquals(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    await Deno.writeTextFile(output, "mine");
    await assertRejects(() => initConfig(`${dir}/set`, options), OutputPathError, "it exists");
    assertEquals(await Deno.readTextFile(output), "mine");
    await initConfig(`${dir}/set`, { ...options, overwrite: true });
    assert((await Deno.readTextFile(output)).startsWith("# Settings of a run on set"));
    await assertRejects(
      () => initConfig(`${dir}/set`, { output: `${dir}/own.json` }),
      OutputPathError,
      "wanted a name in .yaml",
    );
  }));

Deno.test("initConfig() names what is wrong with data that cannot be trained on, and writes nothing", () =>
  inFolder(async (dir) => {
    await writeVoxels(`${dir}/set/a.nii`, 1, 2, 3);
    const output = `${dir}/own.yaml`;
    await assertRejects(
      () => initConfig(`${dir}/set`, { output }),
      DatasetError,
      "no names tell which label is whose: list images and labels in a cases.csv",
    );
    await assertRejects(
      () => initConfig(`${dir}/none`, { output }),
      DatasetError,
      "there is no such",
    );
    assertEquals(await exists(output), false);
  }));

Deno.test("initConfig() lists images and labels of a plain folder by their names", () =>
  inFolder(async (dir) => {
    for (const [n, name] of ["a", "b", "c, d"].entries()) {
      await writeVoxels(`${dir}/set/images/${name}.nii`, n + 1, 2, 3);
      await writeVoxels(`${dir}/set/labels/${name}_seg.nii`, 0, 5);
    }
    await writeVoxels(`${dir}/set/images/alone.nii`, 9, 8);
    const output = `${dir}/own.yaml`, options = { output, threads: 1 };
    const { list, inspection, left } = await initConfig(`${dir}/set`, options);
    assertEquals([list, inspection.cases.length], [`${dir}/own_cases.csv`, 3]);
    assertEquals([inspection.path, left], [list, ["images/alone.nii"]]);
    const config = await resolveConfig({ file: output });
    assertEquals([config.data.dir, config.data.layout], [list!, "folder"]);
    assertEquals(config.data.labels!.map(({ codes }) => codes), [[0], [5]]);
    const { train, validation, test } = await openRunCases(config);
    assertEquals(train.length + validation.length + [...test.values()].flat().length, 3);
    await Deno.remove(output);
    await assertRejects(() => initConfig(`${dir}/set`, options), OutputPathError, "own_cases.csv");
    // with data that cannot be trained on, the list that stands there is kept, and no other is left
    const own = new TextEncoder().encode("image,label\r\nmine,mine too");
    await Deno.writeFile(list!, own);
    await Deno.remove(`${dir}/set/labels/a_seg.nii`);
    const error = await assertRejects(
      () => initConfig(`${dir}/set`, { ...options, overwrite: true }),
      DatasetError,
      "wanted at least one",
    );
    assertStringIncludes(error.message, `tandem inspect ${dir}/set tells all`);
    assert(!error.message.includes(".csv"), error.message);
    assertEquals(await Deno.readFile(list!), own);
    const names = [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
    assertEquals(names, ["own_cases.csv", "set"]);
  }));

Deno.test("initConfig() puts back the list where the configuration cannot be written", () =>
  inFolder(async (dir) => {
    for (const [n, name] of ["a", "b", "c"].entries()) {
      await writeVoxels(`${dir}/set/${name}.nii`, n + 1, 2, 3);
      await writeVoxels(`${dir}/set/${name}_seg.nii`, 0, 5);
    }
    const output = `${dir}/own.yaml`, list = `${dir}/own_cases.csv`;
    const take = () => Deno.mkdirSync(output, { recursive: true });
    for (const before of [undefined, "mine"]) {
      if (before !== undefined) await Deno.writeTextFile(list, before);
      await assertRejects(
        // a folder takes its name meanwhile
        () => initConfig(`${dir}/set`, { output, overwrite: true, threads: 1, onProgress: take }),
        WriteError,
        "own.yaml",
      );
      assertEquals(await Deno.readTextFile(list).catch(() => undefined), before);
      await Deno.remove(output);
    }
  }));
