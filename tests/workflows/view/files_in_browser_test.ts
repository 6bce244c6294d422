/// <reference lib="dom" />
/** What a person may drop on the page: folders, several images at once, and files that are no scan. */
import { assertEquals, assertStringIncludes } from "../../deps.ts";
import { encodeNifti } from "../../../lib/formats/nifti/encode_nifti.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { startView } from "../../../lib/workflows/view/start_view.ts";
import { TEXTS } from "../../../web/texts.ts";
import { findChromium, withChromium } from "../../chromium.ts";
import { stack, writeSlices } from "../../formats/dicom/dicom_file.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { answered, cutOut, drop, openPage, savedBy, text, trainTinyRun } from "./view_page.ts";

const chromium = findChromium();

/** Places in a header of NIfTI-1: the number of axes, and their sizes. */
const [AXES, SIZES] = [40, 42];

/** A file whose header says other sizes. */
function withSizes(file: Uint8Array, sizes: readonly number[]): Uint8Array {
  const copy = file.slice(), view = new DataView(copy.buffer);
  view.setInt16(AXES, sizes.length, true);
  sizes.forEach((size, n) => view.setInt16(SIZES + 2 * n, size, true));
  return copy;
}

Deno.test({
  name: chromium
    ? "a page in Chromium opens folders, series and times, and tells what it cannot open"
    : "files on a page (no Chromium here: set CHROMIUM_PATH)",
  ignore: chromium === undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: (t) =>
    inFolder(async (dir) => {
      const run = `${dir}/run`;
      await trainTinyRun(run);
      await writePhantom(`${dir}/made`, { sites: ["A"], subjects: 1, seed: 0 });
      const scan = await cutOut(`${dir}/made/A/A000/A000_sa_ED.nii.gz`, `${dir}/scan.nii.gz`);
      const plain = encodeNifti(await readNifti(scan), "scan.nii");
      const voxels = plain.subarray(352), none = voxels.map(() => 0);
      const view = await startView(run);
      try {
        await withChromium(chromium!, async (browser) => {
          const { page, complaints } = await openPage(browser, `${view.url}?threads=2`);
          const give = (...names: string[]) => drop(page, ...names.map((name) => `${dir}/${name}`));
          const choose = async (selector: string, value: string) =>
            assertEquals(await answered(page, () => page.select(selector, value)), "");

          await t.step(
            "a folder in a folder, of more files than a browser gives at once",
            async () => {
              await writeSlices(`${dir}/deep/patient/slices`, stack(104, 0));
              assertEquals(await give("deep"), "");
              assertEquals(await text(page, "#scan-name"), "deep/patient/slices");
              // this Chromium draws nothing
              assertStringIncludes(await text(page, "section .told"), TEXTS.noWebgl("no WebGL 2"));
              assertStringIncludes(await text(page, "#scan-name + p"), "4 x 3 x 104 voxels");
            },
          );

          await t.step("a folder of three series, one of which is chosen", async () => {
            for (const n of [1, 2, 3]) {
              const series = { series: `1.2.${n}`, number: n, description: `<b>${n}` };
              await writeSlices(`${dir}/three/${n}`, stack(2 + n, 0, series));
            }
            assertEquals(await give("three"), "");
            assertEquals(await text(page, "#scan-name"), "three");
            assertStringIncludes(await text(page, "#series"), 'series 3 "<b>3" (MR, 5 files)');
            assertStringIncludes(await text(page, "#scan-name + p"), "4 x 3 x 3 voxels");
            await choose("#series", "2");
            assertStringIncludes(await text(page, "#scan-name + p"), "4 x 3 x 5 voxels");
          });

          await t.step("a file of two times, one of which is chosen", async () => {
            const { volume: { shape } } = await readNifti(scan);
            const both = withSizes(
              Uint8Array.from([...plain.subarray(0, 352), ...none, ...voxels]),
              [...shape, 2],
            );
            await Deno.writeFile(`${dir}/cine.nii`, both);
            await Deno.writeFile(`${dir}/plain.nii`, plain);
            assertEquals(await give("plain.nii"), "");
            const wanted = await savedBy(page, TEXTS.download);
            assertEquals(await give("cine.nii"), "");
            const first = await savedBy(page, TEXTS.download);
            await choose("#frame", "1");
            const second = await savedBy(page, TEXTS.download);
            assertEquals(second.subarray(352), wanted.subarray(352));
            assertEquals(first.length, second.length);
            assertEquals(second.some((byte, n) => byte !== first[n]), true);
          });

          await t.step("files that are no scan are told, and the next one works", async () => {
            const head = withSizes(plain.subarray(0, 352), [32767, 32767, 32767]);
            const packed = new Blob([head as Uint8Array<ArrayBuffer>]).stream()
              .pipeThrough(new CompressionStream("gzip"));
            await Promise.all([
              Deno.writeFile(`${dir}/none.nii`, new Uint8Array()),
              Deno.writeFile(`${dir}/huge.nii`, head),
              Deno.writeFile(`${dir}/huge.nii.gz`, packed),
              Deno.writeFile(`${dir}/cut.nii.gz`, (await Deno.readFile(scan)).subarray(0, 5000)),
              Deno.writeTextFile(`${dir}/notes.txt`, "no scan"),
              Deno.mkdir(`${dir}/empty`),
            ]);
            for (
              const [name, told] of [
                ["none.nii", "Cannot open none.nii: it holds no bytes"],
                ["huge.nii", "its header promises 32767 x 32767 x 32767 float32"],
                ["huge.nii.gz", "Cannot open huge.nii.gz: its header promises 32767 x 32767 x"],
                ["cut.nii.gz", "its gzip stream is truncated or corrupt"],
                ["notes.txt", "Cannot open notes.txt: it is no NIfTI file"],
                ["empty", TEXTS.nothingDropped],
              ] as const
            ) assertStringIncludes(await give(name), told);
            assertStringIncludes(await give("scan.nii.gz", "plain.nii"), "2 NIfTI files at once");
            assertEquals(await give("scan.nii.gz"), "");
            assertEquals(complaints, []);
          });
        });
      } finally {
        await view.stop();
      }
    }),
});
