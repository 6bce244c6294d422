import { assertEquals, assertRejects, assertThrows } from "../../deps.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import { imageOf, withVoxels } from "../../../lib/formats/nifti/nifti_image.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { encodeNifti } from "../../../lib/formats/nifti/encode_nifti.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";

const IMAGE = imageOf({
  data: Int16Array.from({ length: 24 }, (_, n) => n * 100),
  shape: [4, 3, 2],
  affine: scalingAffine([-1.5, -1.5, 8]),
});

async function names(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) found.push(entry.name);
  return found.sort();
}

Deno.test("writeNifti() writes what readNifti() reads, gzipped by extension, same bytes twice", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["a.nii", "b.nii.gz", "c.nii.gz"]) {
      await writeNifti(`${folder}/${name}`, IMAGE);
      assertEquals(await readNifti(`${folder}/${name}`), IMAGE);
    }
    assertEquals(await names(folder), ["a.nii", "b.nii.gz", "c.nii.gz"]);
    const b = await Deno.readFile(`${folder}/b.nii.gz`);
    assertEquals([b[0], b[1]], [0x1f, 0x8b]);
    assertEquals([...b.subarray(4, 8)], [0, 0, 0, 0]);
    assertEquals(b, await Deno.readFile(`${folder}/c.nii.gz`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writeNifti() leaves nothing behind where it cannot write", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/taken.nii`);
    await Deno.writeTextFile(`${folder}/taken.nii/x`, "");
    const error = await assertRejects(
      () => writeNifti(`${folder}/taken.nii`, IMAGE),
      NiftiError,
      "taken.nii",
    );
    assertEquals((error as NiftiError).code, "write");
    await assertRejects(() => writeNifti(`${folder}/none/x.nii`, IMAGE), NiftiError, "x.nii");
    assertEquals(await names(folder), ["taken.nii"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readNifti() cuts a text without a closing zero, so that it can be written again", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const bytes = encodeNifti(IMAGE);
    bytes.fill(120, 148, 228);
    await Deno.writeFile(`${folder}/full.nii`, bytes);
    const image = await readNifti(`${folder}/full.nii`);
    assertEquals(image.header.description, "x".repeat(79));
    await writeNifti(`${folder}/again.nii`, image);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("encodeNifti() refuses voxels that do not fit, and a shape that is not the header's", () => {
  const fits = (value: number, type: "uint8" | "int16" | "uint64" | "float32") =>
    encodeNifti(withVoxels(IMAGE, new Float64Array(24).fill(value), type), "out.nii");
  fits(255, "uint8");
  fits(0.5, "float32");
  assertThrows(() => fits(256, "uint8"), NiftiError, "out.nii: voxel 0 is 256");
  assertThrows(() => fits(0.5, "int16"), NiftiError, "wanted a whole number");
  assertThrows(() => fits(-1, "uint64"), NiftiError, "stored as -1");
  assertThrows(() => fits(NaN, "int16"), NiftiError, "NaN");
  const other = { ...IMAGE, volume: { ...IMAGE.volume, shape: [3, 4, 2] as const } };
  assertThrows(() => encodeNifti(other), TypeError, "4 x 3 x 2");
  for (const [field, most] of [["description", 79], ["auxFile", 23], ["intentName", 15]] as const) {
    for (const version of [1, 2] as const) {
      const holding = (length: number) =>
        encodeNifti({
          ...IMAGE,
          header: { ...IMAGE.header, version, [field]: "x".repeat(length) },
        });
      holding(most);
      assertThrows(() => holding(most + 1), NiftiError, `at most ${most} `);
    }
  }
});
