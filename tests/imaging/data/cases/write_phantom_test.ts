import { assertEquals, assertRejects, assertStringIncludes } from "../../../deps.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { phantomCases } from "../../../../lib/imaging/data/cases/phantom_cases.ts";
import { writePhantom } from "../../../../lib/imaging/data/cases/write_phantom.ts";

Deno.test("writePhantom() writes what the layout mnms reads back, voxel by voxel", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const [folder] = await writePhantom(directory, { sites: ["D"], subjects: 1, seed: 2 });
    const { cases } = await openDataset(folder!, "mnms");
    const made = phantomCases("D", 1, 2);
    assertEquals(cases.map((source) => source.id), made.map((source) => source.id));
    const [read, wanted] = [await cases[1]!.load(), await made[1]!.load()];
    assertEquals(Array.from(read.images[0].volume.data), Array.from(wanted.images[0].volume.data));
    assertEquals(read.label?.data, wanted.label?.data);
    const float32 = (affine: readonly number[]) => Array.from(Float32Array.from(affine));
    assertEquals(float32(read.images[0].volume.affine), float32(wanted.images[0].volume.affine));
    assertEquals(read.images[0].warnings, []);
    assertStringIncludes(await Deno.readTextFile(`${folder}/README.txt`), "site D");
    assertEquals(JSON.parse(await Deno.readTextFile(`${folder}/D000/D000.json`)).seed, 2);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("writePhantom() refuses no subjects", async () => {
  const options = { sites: ["A"] as const, subjects: 0, seed: 1 };
  await assertRejects(() => writePhantom("unused", options), RangeError, "subjects is 0");
});

Deno.test("writePhantom() replaces what a killed one has begun, of more subjects", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const options = { sites: ["A"] as const, seed: 0 };
    await writePhantom(directory, { ...options, subjects: 2 });
    for (const name of ["A001_sa_ED_gt.nii.gz", "A001_sa_ES.nii.gz", "A001_sa_ES_gt.nii.gz"]) {
      await Deno.remove(`${directory}/A/A001/${name}`);
    }
    // the record was written before the images
    const written = (name: string) => Deno.statSync(`${directory}/A/A001/${name}`).mtime!;
    assertEquals(written("A001.json") <= written("A001_sa_ED.nii.gz"), true);
    await writePhantom(directory, { ...options, subjects: 1, overwrite: true });
    assertEquals([...Deno.readDirSync(`${directory}/A`)].map(({ name }) => name).sort(), [
      ...["A000", "README.txt"],
    ]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
