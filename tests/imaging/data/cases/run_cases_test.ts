import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import { ConfigError } from "../../../../lib/base/config/config_error.ts";
import type { PartialConfig } from "../../../../lib/base/config/config_schema.ts";
import { resolveConfig } from "../../../../lib/formats/files/resolve_config.ts";
import { openOrigin } from "../../../../lib/imaging/data/cases/open_cases.ts";
import { openRunCases } from "../../../../lib/imaging/data/cases/run_cases.ts";
import { ACDC_TASK, MNMS_TASK } from "../../../../lib/imaging/data/layouts/cardiac.ts";
import { firstClasses, writeText, writeVoxels } from "../layouts/tiny_files.ts";
import { inFolder, writeHeart } from "../tiny_heart.ts";

async function open(flags: PartialConfig) {
  const notices: string[] = [];
  const cases = await openRunCases(await resolveConfig({ flags }), (line) => notices.push(line));
  return { ...cases, notices };
}

/** Four subjects as a bare list, their labels with the codes 0, 5 and 9. */
async function writeList(dir: string): Promise<void> {
  const names = ["a", "b", "c", "d"];
  for (const name of names) {
    await writeVoxels(`${dir}/${name}.nii`, 1);
    await writeVoxels(`${dir}/${name}_label.nii`, 0, 5, 9);
  }
  const rows = names.map((name) => `${name}.nii,${name}_label.nii,${name}`);
  await writeText(`${dir}/cases.csv`, ["image,label,subject", ...rows, ""].join("\n"));
}

Deno.test("openRunCases() divides the phantom, and tests on every other site", async () => {
  const { train, validation, test, task, layout, division } = await open({
    phantom: { subjects: 5, otherSubjects: 1 },
  });
  assertEquals([train.length, validation.length, task, layout], [6, 2, MNMS_TASK, "mnms"]);
  assertEquals([...test.keys()], ["site A", "site B", "site C", "site D", "site E"]);
  assertEquals([...test.values()].map((cases) => cases.length), [2, 2, 2, 2, 2]);
  assertEquals(Object.keys(division.others), ["site B", "site C", "site D", "site E"]);
});

Deno.test("openRunCases() recognises a data set, and its origin gives the same cases again", () =>
  inFolder(async (dir) => {
    for (const name of ["patient001", "patient002", "patient003"]) {
      await writeText(`${dir}/${name}/Info.cfg`, "ED: 1\nES: 2\nGroup: NOR\n");
      for (const frame of ["frame01", "frame02"]) {
        await writeHeart(`${dir}/${name}`, `${name}_${frame}`, ACDC_TASK);
      }
    }
    const found = await open({ data: { dir } });
    assertEquals([found.layout, found.task], ["acdc", ACDC_TASK]);
    assert(found.notices.some((line) => line.startsWith("read as acdc: ")));
    assertEquals([found.train, found.validation].map(({ length }) => length), [2, 2]);
    const again = await openOrigin(found.origin);
    assertEquals(again.layout, "acdc");
    const ids = [...found.train, ...found.validation, ...[...found.test.values()].flat()]
      .map(({ id }) => id);
    assertEquals(again.cases.map(({ id }) => id), ids.sort());
    const [first] = again.cases;
    const own = found.train.concat(found.validation, ...found.test.values())
      .find(({ id }) => id === first!.id)!;
    assertEquals((await first!.load()).label, (await own.load()).label);
  }));

Deno.test("openRunCases() takes labels and the ignored code from settings, as its origin does", () =>
  inFolder(async (dir) => {
    await writeList(dir);
    const labels = [{ name: "background", codes: [0] }, { name: "Anterior", codes: [5] }];
    const found = await open({ data: { dir, labels, ignore: 9 } });
    assertEquals(found.task, { labels, channels: [{ name: "image" }], ignore: 9 });
    assertEquals(await firstClasses(found.train[0]!, 3), [0, 1, 255]);
    const again = await openOrigin(found.origin);
    assertEquals(await firstClasses(again.cases[0]!, 3), [0, 1, 255]);
    assertEquals(again.task, found.task);
  }));

Deno.test("openRunCases() names the labels that settings make impossible", () =>
  inFolder(async (dir) => {
    await writeList(dir);
    const labels = [{ name: "background", codes: [0] }, { name: "Anterior", codes: [5] }];
    const wrong: [PartialConfig["data"], string][] = [
      [{ dir, labels, ignore: 5 }, "the code 5 stands for two labels"],
      [{ labels }, "the phantom has its own"],
    ];
    for (const [data, text] of wrong) {
      const error = await assertRejects(() => open({ data: data! }), ConfigError, text);
      assertEquals((error as ConfigError).keyPath, "data.labels");
    }
  }));

Deno.test("openRunCases() tests on what the data set marks for it, and divides the rest", () =>
  inFolder(async (dir) => {
    await writeText(`${dir}/dataset.json`, {
      channel_names: { 0: "MRI" },
      labels: { background: 0, Anterior: 1 },
      numTraining: 4,
      file_ending: ".nii",
    });
    const write = async (part: string, name: string) => {
      await writeVoxels(`${dir}/images${part}/${name}_0000.nii`, 1);
      await writeVoxels(`${dir}/labels${part}/${name}.nii`, 0, 1);
    };
    for (const name of ["a", "b", "c", "d"]) await write("Tr", name);
    await write("Ts", "e");
    const { train, validation, test } = await open({ data: { dir } });
    assertEquals([...test.values()].flat().map(({ id }) => id), ["e"]);
    assertEquals([...train, ...validation].map(({ id }) => id).sort(), ["a", "b", "c", "d"]);
  }));

Deno.test("openRunCases() names a file of splits that is not there", () =>
  inFolder(async (dir) => {
    await writeList(dir);
    const data = { dir, splitFile: `${dir}/none.json`, labels: null };
    const error = await assertRejects(() => open({ data }), ConfigError, `${dir}/none.json`);
    assertEquals((error as ConfigError).keyPath, "data.splitFile");
  }));
