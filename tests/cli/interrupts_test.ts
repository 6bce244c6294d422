/** Ctrl-C ends commands with 130 and a word, amid computing too, and leaves no half-written file. */
import { assert, assertEquals } from "../deps.ts";
import { stack, writeSlices } from "../formats/dicom/dicom_file.ts";
import { filesIn, halfWritten, passingNames } from "../fuzz/folder_content.ts";
import { inFolder, writeHeart } from "../imaging/data/tiny_heart.ts";
import { tandem, tandemUntil, TINY } from "./run_tandem.ts";

Deno.test("predict ends at Ctrl-C with 130: what is written is whole, and told", () =>
  inFolder(async (dir) => {
    const trained = await tandem("train", ...TINY, "--max-steps", "1", "--out", `${dir}/run`);
    assertEquals(trained.code, 0, trained.stderr);
    for (let n = 0; n < 60; n++) await writeHeart(`${dir}/scans`, `p${n}`);
    const { code, stdout, stderr } = await tandemUntil(
      ...[" -> ", "SIGINT"] as const,
      ...["predict", "--run", `${dir}/run`, "-i", `${dir}/scans`, "-o", `${dir}/out`],
    );
    const count = stdout.trim().split("\n").length;
    assertEquals([code, stderr], [130, `ending\nended; ${count} segmentations are written`]);
    const files = filesIn(`${dir}/out`);
    assert(files.length < 60 && files.length === count, `${files.length}, ${count}`);
    assertEquals([passingNames(`${dir}/out`), await halfWritten(`${dir}/out`)], [[], []]);
  }));

Deno.test("convert ends at Ctrl-C with 130: what is written is whole, and told", () =>
  inFolder(async (dir) => {
    for (let n = 1; n <= 12; n++) {
      await writeSlices(`${dir}/in/${n}`, stack(4, 0, { series: `1.2.${n}`, number: n }));
    }
    const { code, stderr } = await tandemUntil(
      ...["found", "SIGINT"] as const,
      ...["convert", `${dir}/in`, "-o", `${dir}/out`],
    );
    assertEquals(code, 130, stderr);
    assert(/^ended; \d+ images are written$/.test(stderr), stderr);
    assertEquals(await halfWritten(`${dir}/out`), []);
    if (filesIn(dir).some((path) => path.startsWith("out/"))) {
      assertEquals(passingNames(`${dir}/out`), []);
    }
  }));
