import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import { lostNames } from "../../../../lib/imaging/data/cases/lost_names.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { inFolder, writeHeart } from "../tiny_heart.ts";

/** Makes folders of names in bytes, as a shell writes them; false where the file system wants text. */
async function makeFolders(dir: string, ...names: string[]): Promise<boolean> {
  const { success } = await new Deno.Command("bash", {
    args: ["-c", names.map((name) => `mkdir $'${name}'`).join(" && ")],
    cwd: dir,
    stderr: "null",
  }).output();
  return success;
}

Deno.test("openDataset() tells names that are no UTF-8, in one line", () =>
  inFolder(async (dir) => {
    for (const frame of ["ED", "ES"]) await writeHeart(`${dir}/p0`, `p0_sa_${frame}`);
    assertEquals(await lostNames(dir), undefined);
    if (!await makeFolders(dir, "p\\xff1", "p0/q\\xfe")) return;
    for (const layout of ["auto", "mnms"] as const) {
      const { cases, notices } = await openDataset(dir, layout);
      assertEquals(cases.length, 2);
      const told = notices.filter((line) => line.includes("UTF-8"));
      assertEquals(told, [
        `passed over ${dir}/p0/q\\ufffd, ${dir}/p\\ufffd1: their names are no UTF-8`,
      ]);
    }
  }));

Deno.test("openDataset() says so where all names are such, and passes over none that is called so", () =>
  inFolder(async (dir) => {
    await Deno.mkdir(`${dir}/p\ufffd2`);
    assertEquals(await lostNames(dir), undefined);
    if (!await makeFolders(dir, "p\\xff1")) return;
    const { message } = await assertRejects(() => openDataset(dir), Error, "Cannot tell how");
    assert(message.endsWith(`(passed over ${dir}/p\\ufffd1: its name is no UTF-8)`), message);
  }));
