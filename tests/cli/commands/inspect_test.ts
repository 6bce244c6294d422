import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { tandem } from "../run_tandem.ts";

Deno.test("inspect tells what there is, and exits with 3 where training would fail", () =>
  inFolder(async (folder) => {
    await writePhantom(folder, { sites: ["A"], subjects: 3, seed: 1 });
    const good = await tandem("inspect", `${folder}/A`, "--sheet", `${folder}/sheet.png`);
    assertEquals([good.code, good.stderr], [0, ""]);
    for (const text of ["read as mnms", "3 subjects, 6 cases, 6 with labels", "MYO", "estimate"]) {
      assert(good.stdout.includes(text), good.stdout);
    }
    assert(good.stdout.trimEnd().endsWith("training would begin"), good.stdout);
    assert((await Deno.stat(`${folder}/sheet.png`)).size > 1000);
    const scan = `${folder}/A/A000/A000_sa_ED.nii.gz`, { size } = await Deno.stat(scan);
    for (const [path, why] of [[scan, "in .png"], [`${folder}/sheet.png`, "it exists"]]) {
      const refused = await tandem("inspect", `${folder}/A`, "--sheet", path!);
      assertEquals([refused.code, refused.stdout], [2, ""]);
      assertStringIncludes(refused.stderr, why!);
    }
    const shown = await tandem("artifacts", "show", "noise", "-o", scan);
    assertEquals([shown.code, (await Deno.stat(scan)).size], [2, size]);
    const label = `${folder}/A/A000/A000_sa_ED_gt.nii.gz`;
    await Deno.writeTextFile(label, "no label");
    const bad = await tandem("inspect", `${folder}/A`);
    assertEquals(bad.code, 3);
    assert(bad.stdout.includes(`error: Cannot open ${label}`), bad.stdout);
    assert(bad.stdout.trimEnd().endsWith("1 error, 0 warnings; training would fail"), bad.stdout);
    const json = await tandem("inspect", `${folder}/A`, "--json");
    const { version, trainable, cases, problems } = JSON.parse(json.stdout);
    assertEquals([json.code, version, trainable, cases.length], [3, 1, false, 6]);
    assertEquals(problems[0].files, [label]);
    const nothing = await tandem("inspect", `${folder}/nowhere`);
    assertEquals(nothing.code, 3);
    assert(nothing.stdout.includes("there is no such file or folder"), nothing.stdout);
  }));
