import { assertEquals, assertStringIncludes } from "../../deps.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { writeText } from "../../imaging/data/layouts/tiny_files.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { tandem, TINY } from "../run_tandem.ts";

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
      assertStringIncludes(made.stdout, `tandem train --config ${file}`);
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
