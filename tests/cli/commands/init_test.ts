import { assertEquals, assertStringIncludes } from "../../deps.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { writeText, writeVoxels } from "../../imaging/data/layouts/tiny_files.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { tandem, TINY } from "../run_tandem.ts";
import { shellWord } from "../../../lib/base/text/shell_word.ts";

/** The phantom as nnU-Net lays data out. */
async function asNnunet(from: string, to: string): Promise<void> {
  for (const folder of ["imagesTr", "labelsTr"]) {
    await Deno.mkdir(`${to}/${folder}`, { recursive: true });
  }
  let count = 0;
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (!isDirectory) continue;
    count++;
    await Deno.copyFile(
      `${from}/${name}/${name}_sa_ED.nii.gz`,
      `${to}/imagesTr/${name}_0000.nii.gz`,
    );
    await Deno.copyFile(`${from}/${name}/${name}_sa_ED_gt.nii.gz`, `${to}/labelsTr/${name}.nii.gz`);
  }
  await writeText(`${to}/dataset.json`, {
    channel_names: { 0: "MR" },
    labels: { background: 0, LV: 1, MYO: 2, RV: 3 },
    numTraining: count,
    file_ending: ".nii.gz",
  });
}

Deno.test("init writes what train --config takes, of the phantom's files and of an nnU-Net folder", () =>
  inFolder(async (dir) => {
    await writePhantom(dir, { sites: ["A"], subjects: 3, seed: 0 });
    await asNnunet(`${dir}/A`, `${dir}/Dataset001`);
    await Promise.all([["A", "mnms"], ["Dataset001", "nnunet"]].map(async ([name, layout]) => {
      const file = `${dir}/${name}.yaml`;
      const made = await tandem("init", `${dir}/${name}`, "-o", file);
      assertEquals([made.code, made.stderr], [0, ""]);
      assertStringIncludes(made.stdout, `tandem train --config ${shellWord(file)}`);
      assertStringIncludes(await Deno.readTextFile(file), `\n  layout: ${layout}\n`);
      const run = `${dir}/run-${name}`;
      const trained = await tandem(
        ...["train", "--config", file, "--max-steps", "2", "--out", run],
        ...TINY,
      );
      assertEquals([trained.code, trained.stderr], [0, ""]);
      assertStringIncludes(trained.stdout, `all results are in ${run}`);
    }));
    const again = await tandem("init", `${dir}/A`, "-o", `${dir}/A.yaml`);
    assertEquals([again.code, again.stdout], [2, ""]);
    assertStringIncludes(again.stderr, "it exists; take another name or add --overwrite");
  }));

Deno.test("init says which files of a plain folder are left out", () =>
  inFolder(async (dir) => {
    for (const [n, name] of ["a", "b", "c"].entries()) {
      await writeVoxels(`${dir}/set/${name}.nii`, n + 1, 2, 3);
      await writeVoxels(`${dir}/set/${name}_seg.nii`, 0, 5);
    }
    await writeVoxels(`${dir}/set/lone.nii`, 9, 8);
    const file = `${dir}/my own.yaml`;
    const made = await tandem("init", `${dir}/set`, "-o", file);
    assertEquals(made.code, 0);
    assertStringIncludes(made.stdout, `tandem train --config '${file}'\n`);
    assertStringIncludes(
      made.stderr,
      "1 file has no partner by its name and is left out, as lone.nii",
    );
    await writeVoxels(`${dir}/set/mask/other.nii`, 9, 8);
    const json = await tandem("init", `${dir}/set`, "-o", file, "--overwrite", "--json");
    assertStringIncludes(json.stderr, "2 files have no partner by their names and are left out");
    assertEquals(JSON.parse(json.stdout).left, ["lone.nii", "mask/other.nii"]);
  }));
