import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { exists } from "../../../lib/formats/files/exists.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
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
    const { list, inspection } = await initConfig(`${dir}/set`, options);
    assertEquals([list, inspection.cases.length], [`${dir}/own_cases.csv`, 3]);
    const config = await resolveConfig({ file: output });
    assertEquals([config.data.dir, config.data.layout], [list!, "folder"]);
    assertEquals(config.data.labels!.map(({ codes }) => codes), [[0], [5]]);
    const { train, validation, test } = await openRunCases(config);
    assertEquals(train.length + validation.length + [...test.values()].flat().length, 3);
    await Deno.remove(output);
    await assertRejects(() => initConfig(`${dir}/set`, options), OutputPathError, "own_cases.csv");
    // a list that cannot be trained on is taken back
    await Deno.remove(list!);
    await Deno.remove(`${dir}/set/labels/a_seg.nii`);
    await assertRejects(
      () => initConfig(`${dir}/set`, options),
      DatasetError,
      "wanted at least one",
    );
    assertEquals([await exists(list!), await exists(output)], [false, false]);
  }));
