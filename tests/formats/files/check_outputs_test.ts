import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { checkOutputs } from "../../../lib/formats/files/check_outputs.ts";
import { checkResultFile } from "../../../lib/formats/run_folder/check_result_file.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";

async function inFolder(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("checkOutputs() knows the input through links of files, links of folders and second names", () =>
  inFolder(async (dir) => {
    await Deno.mkdir(`${dir}/a`);
    await Deno.writeTextFile(`${dir}/a/x.nii`, "scan");
    await Deno.symlink("a", `${dir}/folder`);
    await Deno.symlink("a/x.nii", `${dir}/file.nii`);
    await Deno.link(`${dir}/a/x.nii`, `${dir}/second.nii`);
    const inputs = [`${dir}/a/x.nii`];
    for (const name of ["a/x.nii", "folder/x.nii", "folder/../a/x.nii", "file.nii", "second.nii"]) {
      const check = () => checkOutputs({ outputs: [`${dir}/${name}`], inputs, overwrite: true });
      await assertRejects(check, OutputPathError, "it is the input");
    }
    // the same with the link on the other side
    const check = () =>
      checkOutputs({ outputs: inputs, inputs: [`${dir}/file.nii`], overwrite: true });
    await assertRejects(check, OutputPathError, "it is the input");
    await checkOutputs({ outputs: [`${dir}/folder/y.nii`], inputs, overwrite: false });
  }));

Deno.test("checkOutputs() tells all that exist at once, unless they may be replaced", () =>
  inFolder(async (dir) => {
    const outputs = ["a", "b", "c"].map((name) => `${dir}/${name}`);
    for (const path of outputs.slice(1)) await Deno.writeTextFile(path, "old");
    const error = await assertRejects(
      () => checkOutputs({ outputs, inputs: [], overwrite: false }),
      OutputPathError,
    );
    assert(!error.message.includes(`${dir}/a:`));
    assert(error.message.includes(`${dir}/b: it exists`) && error.message.includes(`${dir}/c: it`));
    await checkOutputs({ outputs, inputs: [], overwrite: true });
    const many = Array.from({ length: 30 }, (_, n) => `${dir}/many${n}`);
    for (const path of many) await Deno.writeTextFile(path, "old");
    await assertRejects(
      () => checkOutputs({ outputs: many, inputs: [], overwrite: false }),
      OutputPathError,
      "; and 10 more",
    );
  }));

Deno.test("checkOutputs() refuses folders, devices, one file twice, and a folder that cannot be made", () =>
  inFolder(async (dir) => {
    await Deno.mkdir(`${dir}/folder`);
    await Deno.writeTextFile(`${dir}/file`, "");
    await Deno.symlink(".", `${dir}/again`);
    const check = (...outputs: string[]) => () =>
      checkOutputs({ outputs, inputs: [], overwrite: true });
    await assertRejects(check(`${dir}/folder`), OutputPathError, "it is a folder");
    await assertRejects(check("/dev/null"), OutputPathError, "it is a device");
    await assertRejects(
      check(`${dir}/new`, `${dir}/again/new`),
      OutputPathError,
      `it is the same file as ${dir}/new`,
    );
    await assertRejects(check(`${dir}/file/x/y`), WriteError, `${dir}/file is no folder`);
    await assertRejects(check("/proc/none/x"), WriteError, "/proc/none/x");
    await check(`${dir}/not/there/yet`)();
    const names = [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
    assertEquals(names, ["again", "file", "folder"]);
  }));

Deno.test("checkResultFile() wants a name in .json", () =>
  inFolder(async (dir) => {
    const check = (name: string) =>
      checkResultFile(`${dir}/${name}`, { inputs: [], overwrite: false });
    await check("new/e.json");
    await assertRejects(() => check("e.csv"), OutputPathError, "wanted a name in .json");
  }));
