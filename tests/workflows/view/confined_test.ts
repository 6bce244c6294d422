import { assertRejects } from "../../deps.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { assertConfined } from "../../../lib/workflows/view/confined.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

Deno.test("assertConfined() takes links within a folder, and none that lead out of it", () =>
  inFolder(async (dir) => {
    const study = `${dir}/study`, run = `${study}/runs/one`;
    await Deno.mkdir(run, { recursive: true });
    await Deno.writeTextFile(`${study}/log.jsonl`, "");
    await Deno.writeTextFile(`${dir}/log.jsonl`, "");
    await Deno.symlink(run, `${dir}/alias`);
    await Deno.symlink(`${study}/log.jsonl`, `${run}/log.jsonl`);
    await assertConfined(run, study);
    await assertConfined(`${dir}/alias`, `${dir}/study`);
    await assertRejects(() => assertConfined(run, run), RunFolderError, "it leads to");
    await Deno.remove(`${run}/log.jsonl`);
    await Deno.symlink(`${dir}/log.jsonl`, `${run}/log.jsonl`);
    await assertRejects(() => assertConfined(run, study), RunFolderError, `${run}/log.jsonl`);
    await Deno.remove(`${run}/log.jsonl`);
    await Deno.mkdir(`${run}/hard_examples`);
    await assertConfined(run, study);
    await Deno.symlink(`${dir}/log.jsonl`, `${run}/hard_examples/step_1.json`);
    await assertRejects(() => assertConfined(run, study), RunFolderError, "step_1.json");
    await assertRejects(() => assertConfined(`${study}/../elsewhere`, study), RunFolderError);
    // a name that only begins alike
    await assertRejects(() => assertConfined(`${dir}/study2`, study), RunFolderError);
  }));
