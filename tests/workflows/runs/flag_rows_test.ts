import { assertEquals, assertRejects } from "../../deps.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import {
  addFlagRow,
  checkFlagTable,
  flagTable,
  raisedFlags,
} from "../../../lib/workflows/runs/flag_rows.ts";
import { inFolder } from "./tiny_run.ts";

const row = { entropyThreshold: 0.2, disagreement: null, disagreementThreshold: null };

Deno.test("addFlagRow() keeps other rows, and has one of each segmentation", () =>
  inFolder(async (folder) => {
    const inner = `${folder}/new`;
    await addFlagRow(inner, { ...row, output: 'a, "b".nii', entropy: 0.1 });
    await addFlagRow(inner, { ...row, output: "c.nii", entropy: 0.3 });
    await addFlagRow(inner, { ...row, output: 'a, "b".nii', entropy: 0.2 });
    assertEquals((await Deno.readTextFile(flagTable(inner))).split("\n"), [
      "output,entropy,entropyThreshold,disagreement,disagreementThreshold,look",
      "c.nii,0.3,0.2,,,entropy",
      '"a, ""b"".nii",0.2,0.2,,,',
      "",
    ]);
    await checkFlagTable(inner);
  }));

Deno.test("addFlagRow() leaves no formula to a spreadsheet, and finds its row again", () =>
  inFolder(async (folder) => {
    for (const entropy of [0.1, 0.2]) {
      await addFlagRow(folder, { ...row, output: "=1.nii", entropy });
    }
    await addFlagRow(folder, { ...row, output: "b.nii", entropy: 0 });
    const [, ...lines] = (await Deno.readTextFile(flagTable(folder))).trim().split("\n");
    assertEquals(lines, ["'=1.nii,0.2,0.2,,,", "b.nii,0,0.2,,,"]);
  }));

Deno.test("raisedFlags() names what is above its threshold", () => {
  const both = { output: "a", entropy: 1, entropyThreshold: 0.5, disagreement: 0.2 };
  assertEquals(raisedFlags({ ...both, disagreementThreshold: 0.1 }), ["entropy", "disagreement"]);
  assertEquals(raisedFlags({ ...both, entropy: 0.5, disagreementThreshold: null }), []);
});

Deno.test("checkFlagTable() refuses a file of another kind", () =>
  inFolder(async (folder) => {
    await checkFlagTable(folder);
    for (const text of ["", "null", "output,entropy\na,1\n", '"']) {
      await Deno.writeTextFile(flagTable(folder), text);
      await assertRejects(() => checkFlagTable(folder), OutputPathError, "no table of flags");
    }
  }));

Deno.test("addFlagRow() loses no row of several that are added at once", () =>
  inFolder(async (folder) => {
    const names = Array.from({ length: 12 }, (_, n) => `${n}.nii`);
    await Promise.all(names.map((output) => addFlagRow(folder, { ...row, output, entropy: 0 })));
    const [, ...rows] = (await Deno.readTextFile(flagTable(folder))).trim().split("\n");
    assertEquals(rows.map((line) => line.split(",")[0]!).sort(), names.sort());
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["flags.csv"]);
  }));
