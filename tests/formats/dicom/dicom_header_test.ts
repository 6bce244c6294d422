import { assertEquals, assertRejects, fc } from "../../deps.ts";
import { DicomError } from "../../../lib/formats/dicom/dicom_error.ts";
import { isDicom, parseDicomHeader } from "../../../lib/formats/dicom/dicom_header.ts";
import { dicomSlice } from "./dicom_file.ts";

Deno.test("isDicom() looks for DICM behind 128 bytes", () => {
  const bytes = dicomSlice();
  assertEquals(isDicom(bytes), true);
  assertEquals(isDicom(bytes.subarray(1)), false);
  assertEquals(isDicom(bytes.subarray(0, 131)), false);
  assertEquals(isDicom(new Uint8Array(0)), false);
});

Deno.test("parseDicomHeader() gives what a slice says, texts safe to print", async () => {
  const header = await parseDicomHeader(
    dicomSlice({
      ...{ series: "1.2.9", number: 7, description: "\x1b[31mred", instance: 3 },
      ...{ position: [1, -2.5, 3], triggerTime: 48.75 },
    }),
    "a",
  );
  assertEquals(header, {
    ...{ seriesUid: "1.2.9", uid: "1.2.9.3", seriesNumber: 7, description: "[31mred" },
    ...{ modality: "MR", isImage: true, instance: 3, triggerTime: 48.75 },
    ...{ orientation: [1, 0, 0, 0, 1, 0], position: [1, -2.5, 3] },
  });
  const bare = await parseDicomHeader(dicomSlice({ isImage: false }), "a");
  assertEquals([bare.isImage, bare.seriesNumber, bare.triggerTime], [false, undefined, undefined]);
});

Deno.test("parseDicomHeader() names a file that it cannot read", async () => {
  for (const bytes of [dicomSlice().subarray(0, 300), new Uint8Array(400), new Uint8Array(0)]) {
    const refused = () => parseDicomHeader(bytes, "broken.dcm");
    const error = await assertRejects(refused, DicomError, "broken.dcm");
    assertEquals((error as DicomError).code, "header");
  }
});

Deno.test("parseDicomHeader() reads a damaged file or refuses it by name, whatever the damage", async () => {
  const whole = dicomSlice({ number: 3, description: "T2", triggerTime: 4 });
  const places = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(places, fc.nat(whole.length), async (changes, length) => {
      const bytes = whole.slice();
      for (const [at, value] of changes) bytes[at] = value;
      for (const damaged of [bytes, bytes.subarray(0, length)]) {
        try {
          const { description } = await parseDicomHeader(damaged, "damaged.dcm");
          // deno-lint-ignore no-control-regex
          assertEquals(/[\x00-\x1f]/.test(description), false);
        } catch (error) {
          if (!(error instanceof DicomError && error.message.includes("damaged.dcm"))) throw error;
        }
      }
    }),
    { numRuns: 500 },
  );
});
