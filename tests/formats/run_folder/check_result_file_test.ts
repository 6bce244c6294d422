import { assertRejects } from "../../deps.ts";
import { checkResultFile } from "../../../lib/formats/run_folder/check_result_file.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import { inFolder } from "../../workflows/runs/tiny_run.ts";

Deno.test("checkResultFile() takes no file of a run for a result, there or not, whatever is asked", () =>
  inFolder(async (dir) => {
    await Deno.mkdir(`${dir}/run`);
    await Deno.writeTextFile(`${dir}/run/contents.json`, "{}");
    const check = (path: string) =>
      checkResultFile(path, { inputs: [], runs: [`${dir}/run`], overwrite: true });
    for (const name of ["evaluation.json", "contents.json", "../run/config.json"]) {
      await assertRejects(() => check(`${dir}/run/${name}`), OutputPathError, "the run's own");
    }
    await check(`${dir}/run/other.json`);
    await check(`${dir}/evaluation.json`);
    await assertRejects(() => check(`${dir}/other.txt`), OutputPathError, "in .json");
  }));
