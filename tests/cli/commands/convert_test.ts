import { assert, assertEquals } from "../../deps.ts";
import { stack, writeSlices } from "../../formats/dicom/dicom_file.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { tandem } from "../run_tandem.ts";

Deno.test("convert tells what it found, warns and writes; JSON lines on request", () =>
  inFolder(async (folder) => {
    const [input, output] = [`${folder}/in`, `${folder}/out`];
    const slices = stack(5, 0, { number: 4, description: "T1" }).toSpliced(3, 1);
    await writeSlices(input, slices);
    const said = await tandem("convert", input, "-o", output);
    assertEquals(said.code, 0, said.stderr);
    assertEquals(said.stdout.trim().split("\n"), [
      'found series 4 "T1" (MR, 4 files)',
      `series 4 "T1" (MR, 4 files) -> ${output}/4_T1.nii.gz (4 x 3 x 4)`,
    ]);
    assert(said.stderr.includes("1 slice seems to be missing"), said.stderr);
    const again = await tandem("convert", input, "-o", output);
    assertEquals([again.code, again.stdout], [2, ""]);
    assert(again.stderr.includes("add --overwrite"), again.stderr);
    const json = await tandem("convert", input, "-o", output, "--overwrite", "--json");
    const events = json.stdout.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(events.map(({ kind }) => kind), ["found", "written"]);
    assertEquals([json.code, json.stderr, events[1].shape], [0, "", [4, 3, 4]]);
  }));

Deno.test("convert exits with 3 where there is no DICOM, or a series fails", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/in`);
    for (const input of ["in", "nowhere"]) {
      const { code, stderr } = await tandem("convert", `${folder}/${input}`, "-o", `${folder}/out`);
      assertEquals(code, 3);
      assert(stderr.startsWith(`error: Cannot open ${folder}/${input}: `), stderr);
    }
    await writeSlices(`${folder}/in`, [{ pixels: [1, 2] }]);
    const { code, stderr } = await tandem("convert", `${folder}/in`, "-o", `${folder}/out`);
    assertEquals(code, 3);
    assert(stderr.startsWith("failed: Cannot make NIfTI of"), stderr);
  }));

Deno.test("convert needs no network, and no permission but to read and write", () =>
  inFolder(async (folder) => {
    await writeSlices(`${folder}/in`, stack(2, 0));
    const main = new URL("../../../cli/main.ts", import.meta.url).pathname;
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-check", "--cached-only", "--no-prompt", "--deny-net", "--allow-read"],
        ...[`--allow-write=${folder}`, main, "convert", `${folder}/in`, "-o", `${folder}/out`],
      ],
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
  }));
