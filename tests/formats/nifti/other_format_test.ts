import { assert, assertEquals, assertStringIncludes, assertThrows } from "../../deps.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import { otherFormat } from "../../../lib/formats/nifti/other_format.ts";
import { parseNifti } from "../../../lib/formats/nifti/parse_nifti.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

Deno.test("parseNifti() says what a file of another format is, and what to do with it", () => {
  const dicom = new Uint8Array(1000);
  dicom.set(bytesOf("DICM"), 128);
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const files: [Uint8Array, string, string][] = [
    [dicom, "it is DICOM", "tandem convert"],
    [png, "it is a PNG picture", "with their spacing"],
    [bytesOf("ObjectType = Image\nNDims = 3\n"), "it is a MetaImage", ".nii.gz"],
    [bytesOf("version https://git-lfs.github.com/spec/v1\n"), "Git LFS", "git lfs pull"],
  ];
  for (const [bytes, what, advice] of files) {
    const error = assertThrows(() => parseNifti(bytes, "scan.nii"), NiftiError, "scan.nii: ");
    assertStringIncludes(error.message, what);
    assertStringIncludes(error.message, advice);
    assertEquals((error as NiftiError).code, "magic");
  }
});

Deno.test("otherFormat() tells nothing of bytes that it does not know, or of none", () => {
  for (const bytes of [new Uint8Array(0), new Uint8Array(400), bytesOf("PNG"), bytesOf("DICM")]) {
    assertEquals(otherFormat(bytes), undefined);
  }
  assert(otherFormat(bytesOf("NRRD0005"))?.includes("NRRD"));
});
