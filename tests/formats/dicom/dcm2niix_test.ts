import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { Dcm2niix } from "../../../lib/formats/dicom/dcm2niix.ts";
import { DicomError } from "../../../lib/formats/dicom/dicom_error.ts";
import { dicomSlice } from "./dicom_file.ts";

const FILES = [{ path: "scan/a", data: dicomSlice() }];

async function codeOf(run: Promise<unknown>): Promise<string> {
  const error = await assertRejects(() => run, DicomError, "the scan");
  return (error as DicomError).code;
}

Deno.test("Dcm2niix gives image, sidecar and lines, and can run again", async () => {
  using dcm2niix = new Dcm2niix();
  for (let n = 0; n < 2; n++) {
    const { exitCode, lines, images: [image, ...others] } = await dcm2niix.convert(
      FILES,
      "the scan",
    );
    assertEquals([exitCode, others, image!.suffix], [0, [], ""]);
    assert(lines.some((line) => line.startsWith("Convert 1 DICOM")), lines.join("\n"));
    assertEquals(JSON.parse(image!.sidecar!).Modality, "MR");
  }
});

Deno.test("Dcm2niix names files as they are called, not as it is given them", async () => {
  using dcm2niix = new Dcm2niix();
  const data = FILES[0]!.data.slice(0, -6);
  const { lines } = await dcm2niix.convert([{ path: "scan/cut", data }], "the scan");
  assert(lines.some((line) => line.endsWith("image data: scan/cut")), lines.join("\n"));
});

Deno.test("Dcm2niix is ended where it takes too long, and begins anew", async () => {
  using late = new Dcm2niix(0);
  for (let n = 0; n < 2; n++) assertEquals(await codeOf(late.convert(FILES, "the scan")), "time");
});

Deno.test("Dcm2niix refuses more bytes than fit, before it starts", async () => {
  using dcm2niix = new Dcm2niix();
  const data = new Uint8Array(2 ** 29 + 1);
  const files = [{ path: "a", data }, { path: "b", data }];
  assertEquals(await codeOf(dcm2niix.convert(files, "the scan")), "memory");
});
