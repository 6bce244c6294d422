/** Real DICOM; each test is ignored where its folder is missing. */
import { parseDicom } from "../../../lib/base/deps/dcm2niix.ts";
import { cornerDistance } from "../../../lib/base/volume/affine.ts";
import { isDicomFolder } from "../../../lib/formats/dicom/find_dicom.ts";
import { readDicomSeries, readDicomVolume } from "../../../lib/formats/dicom/read_dicom.ts";
import { readNiftiFrames } from "../../../lib/formats/nifti/read_nifti.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";

const DATA = new URL("../../../../shared/data/", import.meta.url).pathname;

function onReal(folder: string, name: string, run: (path: string) => Promise<void>): void {
  const path = `${DATA}${folder}`;
  let missing = false;
  try {
    Deno.statSync(path);
  } catch {
    missing = true;
  }
  Deno.test(`${name}${missing ? ` (no ${path})` : ""}`, { ignore: missing }, () => run(path));
}

onReal(
  "dicom/enhanced",
  "enhanced multi-frame files are what dcm2niix's authors publish",
  async (path) => {
    const series = await readDicomSeries(`${path}/In`);
    const images = series.flatMap(({ images }) => images);
    const names = [
      "Siemens_REST1_w_SMS_PF7-8_6",
      "Philips_WIP_B0_NS_801_e1",
      "Philips_WIP_B0_NS_801_e2_fieldmaphz",
    ];
    assertEquals(images.map(({ suffix }) => suffix), ["", "_e1", "_e2_fieldmaphz"]);
    for (const [n, name] of names.entries()) {
      const reference = await readNiftiFrames(`${path}/Ref/${name}.nii`);
      const { volumes, header } = images[n]!;
      assertEquals(volumes.length, reference.volumes.length, name);
      assertEquals(header.datatype, reference.header.datatype);
      volumes.forEach(({ data, shape, affine }, frame) => {
        const wanted = reference.volumes[frame]!;
        assertEquals(shape, wanted.shape);
        assert(cornerDistance(affine, wanted.affine, shape) < 1e-3, name);
        assert(data.every((value, at) => Math.abs(value - wanted.data[at]!) < 1e-3), name);
      });
    }
  },
);

onReal("dicom/prostatex", "a series is read whole, and a missing slice is told", async (path) => {
  const whole = await readDicomVolume(`${path}/ProstateX`);
  assertEquals(whole.volume.shape, [84, 128, 19]);
  assertEquals(whole.warnings, []);
  const cut = await readDicomVolume(`${path}/ProstateX-missing-slice`);
  assertEquals(cut.volume.shape, [84, 128, 18]);
  const text = cut.warnings.join("\n");
  assert(text.includes("3 mm to 6 mm apart, most 3 mm"), text);
  assert(text.includes("1 slice seems to be missing"), text);
  assert(text.includes("dcm2niix: Missing images?"), text);
});

onReal(
  "dicom/rvsc_p09_cine",
  "a tilted cine is sorted by time, its slices in place",
  async (path) => {
    const [series, ...others] = await readDicomSeries(path);
    assertEquals(others, []);
    const { images, files } = series!;
    const [two, one] = images;
    assertEquals([two!.volumes.length, two!.volumes[0]!.shape], [2, [216, 256, 2]]);
    assertEquals([one!.volumes.length, one!.volumes[0]!.shape], [20, [216, 256, 1]]);
    // the slices are 8.4 mm apart, and 7 mm thick
    assertAlmostEquals(two!.header.pixdim[3]!, 8.4, 1e-3);
    const byTime = files.filter(({ position }) => position![0]! < 24)
      .toSorted((a, b) => a.triggerTime! - b.triggerTime!);
    for (const [n, { path }] of byTime.entries()) {
      const bytes = await Deno.readFile(path);
      const { dataOffset, length } = parseDicom(bytes).elements.x7fe00010!;
      const pixels = new Uint16Array(bytes.slice(dataOffset, dataOffset + length).buffer);
      const data = Float64Array.from(one!.volumes[n]!.data);
      assertEquals(data.toSorted().join(), Float64Array.from(pixels).toSorted().join());
    }
  },
);

onReal("scd_dicom", "a cine that dcm2niix stacks wrongly is read time by time", async (path) => {
  const [series] = await readDicomSeries(path);
  const sizes = series!.images.map(({ volumes }) => [volumes[0]!.shape[2], volumes.length]);
  assertEquals(sizes, [[1, 1], [4, 2], [1, 1]]);
});

onReal("dicom/hippocampus", "a crop without a manufacturer is one volume of 1 mm", async (path) => {
  assert(await isDicomFolder(path));
  const { volume } = await readDicomVolume(path);
  assertEquals(volume.shape, [35, 51, 32]);
  assertEquals(volume.affine.slice(0, 11).map(Math.abs), [1, 0, 0, 0, 0, 1, 0, 50, 0, 0, 1]);
});
