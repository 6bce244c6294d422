import type { NiftiDatatype } from "../../../lib/names.ts";
import { gzipSync } from "node:zlib";
import { assert, assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { DATATYPES } from "../../../lib/formats/nifti/datatype.ts";
import { NiftiError, type NiftiErrorCode } from "../../../lib/formats/nifti/nifti_error.ts";
import { imageOf, type NiftiImage, withVoxels } from "../../../lib/formats/nifti/nifti_image.ts";
import { cine } from "./cine.ts";
import { parseNifti, parseNiftiFrames } from "../../../lib/formats/nifti/parse_nifti.ts";
import { readNifti, readNiftiFrames } from "../../../lib/formats/nifti/read_nifti.ts";
import { encodeNifti } from "../../../lib/formats/nifti/encode_nifti.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";

const AFFINE = scalingAffine([-1.5, -1.25, 8], [10, 20, 30]);

function labels(): NiftiImage {
  return imageOf({ data: Uint8Array.from([0, 1, 2, 3, 3, 2]), shape: [3, 2, 1], affine: AFFINE });
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function assertRefused(bytes: Uint8Array, code: NiftiErrorCode, includes: string): void {
  const error = assertThrows(() => parseNifti(bytes, "heart.nii"), NiftiError, includes);
  assertEquals((error as NiftiError).code, code);
  assert(error.message.includes("heart.nii"));
}

Deno.test("parseNifti() gives back header, geometry and voxels over datatypes, orders, versions", () => {
  const names = Object.keys(DATATYPES) as NiftiDatatype[];
  fc.assert(fc.property(
    fc.constantFrom(...names),
    fc.constantFrom(1 as const, 2 as const),
    fc.boolean(),
    fc.boolean(),
    fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
    (datatype, version, littleEndian, gzip, uniform) => {
      const { range, array } = DATATYPES[datatype];
      const data = new array(12);
      for (let n = 0; n < 12; n++) {
        const u = uniform.next().value!;
        data[n] = range ? Math.round(range[0] + u * (range[1] - range[0])) : 1e3 * (u - 0.5);
      }
      const image = imageOf({ data, shape: [3, 2, 2], affine: AFFINE }, "Größe");
      const header = {
        ...image.header,
        version,
        littleEndian,
        datatype,
        intentName: "labels",
        intentCode: 1002,
        auxFile: "none",
        qformCode: 1,
        quaternion: [0.5, 0.25, -0.5] as const,
        qoffset: [1, 2, 3] as const,
        sliceEnd: 1,
        calMax: 4,
        toffset: 0.5,
        extension: Uint8Array.from([1, 0, 0, 0, ...extensionBytes(littleEndian)]),
      };
      const plain = encodeNifti({ ...image, header });
      const back = parseNifti(gzip ? gzipSync(plain) : plain, "x.nii");
      assertEquals(back.header, header);
      assertEquals(back.volume.data, data);
      assertEquals(back.volume.shape, image.volume.shape);
      assertEquals(back.volume.affine, AFFINE);
      assertEquals(encodeNifti(back), plain);
    },
  ));
});

/** One comment extension of 16 bytes. */
function extensionBytes(little: boolean): number[] {
  const view = new DataView(new ArrayBuffer(16));
  view.setInt32(0, 16, little);
  view.setInt32(4, 6, little);
  view.setUint8(8, 65);
  return [...new Uint8Array(view.buffer)];
}

Deno.test("parseNifti() scales voxels, and writing gives the stored numbers back", () => {
  const image = labels();
  const header = { ...image.header, datatype: "int16" as const, sclSlope: 0.1, sclInter: -3 };
  const data = Float64Array.from([-3, -2.9, 0, 1, 3000, -3000]);
  const bytes = encodeNifti({ ...image, header, volume: { ...image.volume, data } });
  const back = parseNifti(bytes, "x.nii");
  back.volume.data.forEach((value, n) => assertAlmostEquals(value, data[n]!, 1e-3));
  assertEquals(encodeNifti(back), bytes);
  // A slope of 0 or NaN means no scaling.
  for (const sclSlope of [0, NaN]) {
    const plain = encodeNifti({ ...image, header: { ...image.header, sclSlope, sclInter: 5 } });
    assertEquals(parseNifti(plain, "x.nii").volume.data, image.volume.data);
  }
});

Deno.test("parseNifti() takes further dimensions of size 1 and refuses greater ones", () => {
  for (
    const dim of [[4, 3, 2, 1, 1, 1, 1, 1], [5, 3, 2, 1, 1, 1, 1, 1], [2, 3, 2, 9, 9, 9, 9, 9]]
  ) {
    assertEquals(parseNifti(cine(dim), "x.nii").volume.shape, [3, 2, 1]);
  }
  assertRefused(cine([4, 3, 2, 1, 5, 1, 1, 1]), "dimensions", "it holds 5 volumes (3 x 2 x 1 x 5)");
  assertRefused(cine([4, 3, 2, 1, 5, 1, 1, 1]), "dimensions", "takes its fourth axis as channels");
  assertRefused(cine([5, 3, 2, 1, 2, 2, 1, 1]), "dimensions", "has 5 dimensions");
});

Deno.test("parseNiftiFrames() gives the volumes of the fourth axis on one grid", () => {
  const plain = cine([4, 3, 2, 1, 5, 1, 1, 1], { sclSlope: 2 });
  for (const bytes of [plain, new Uint8Array(gzipSync(plain))]) {
    const { volumes, header, warnings } = parseNiftiFrames(bytes, "x.nii");
    assertEquals([volumes.length, header.dim[4], warnings], [5, 5, []]);
    volumes.forEach(({ data, shape, affine }, frame) => {
      assertEquals([...data], [0, 1, 2, 3, 4, 5].map((n) => 2 * (6 * frame + n)));
      assertEquals([shape, affine], [[3, 2, 1], AFFINE]);
    });
  }
  assertEquals(parseNiftiFrames(encodeNifti(labels()), "x.nii").volumes.length, 1);
});

Deno.test("parseNiftiFrames() takes the fifth axis of a vector image, and of no other", () => {
  const dim = [5, 3, 2, 1, 1, 4, 1, 1];
  const { volumes } = parseNiftiFrames(cine(dim, { intentCode: 1007 }), "x.nii");
  assertEquals([volumes.length, volumes[3]!.data[0]], [4, 18]);
  for (const other of [cine(dim), cine([5, 3, 2, 1, 2, 4, 1, 1], { intentCode: 1007 })]) {
    assertThrows(() => parseNiftiFrames(other, "x.nii"), NiftiError, "has 5 dimensions");
  }
});

Deno.test("parseNifti() refuses a header that promises more than the file can hold, making no room", () => {
  const before = Deno.memoryUsage().rss;
  const huge = cine([3, 3, 2, 1, 1, 1, 1, 1]);
  const view = new DataView(huge.buffer);
  [1600, 1600, 1600].forEach((size, n) => view.setInt16(42 + 2 * n, size, true));
  const packed = new Uint8Array(gzipSync(huge));
  assertRefused(huge, "truncated", "6 bytes of voxels, wanted 4096000000 for 1600 x 1600 x 1600");
  assertRefused(packed, "truncated", "wanted 4096000000 for 1600 x 1600 x 1600 uint8");
  [32767, 32767, 32767].forEach((size, n) => view.setInt16(42 + 2 * n, size, true));
  assertRefused(huge, "header", "32767 x 32767 x 32767 uint8, which is 35181150961663 bytes");
  const wide = cine([3, 3, 2, 1, 1, 1, 1, 1], { version: 2 });
  new DataView(wide.buffer).setBigInt64(24, 2n ** 40n, true);
  assertRefused(wide, "header", "1099511627776 x 2 x 1");
  assert(Deno.memoryUsage().rss - before < 500e6);
});

Deno.test("parseNifti() inflates no more than the header tells of", () => {
  const plain = encodeNifti(labels());
  const bomb = new Uint8Array(gzipSync(concat([plain, new Uint8Array(256e6)])));
  const before = Deno.memoryUsage().rss;
  const started = performance.now();
  const { volume, warnings } = parseNifti(bomb, "bomb.nii.gz");
  assert(Deno.memoryUsage().rss - before < 128e6);
  assert(performance.now() - started < 2000);
  assertEquals(volume.data, labels().volume.data);
  assert(warnings[0]!.startsWith("bomb.nii.gz: goes on behind the voxels"), warnings[0]);
  assertEquals(parseNifti(concat([plain, new Uint8Array(3)]), "x.nii").warnings.length, 1);
});

Deno.test("parseNifti() keeps an extension of odd size as it is", () => {
  const image = labels();
  const extension = Uint8Array.from([1, 0, 0, 0, 20, 0, 0, 0, 6, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7]);
  for (const version of [1, 2] as const) {
    const plain = encodeNifti({ ...image, header: { ...image.header, version, extension } });
    for (const bytes of [plain, new Uint8Array(gzipSync(plain))]) {
      const back = parseNifti(bytes, "x.nii");
      assertEquals([back.header.extension, back.volume.data], [extension, image.volume.data]);
    }
  }
});

Deno.test("parseNifti() refuses what is cut short, damaged or no NIfTI", () => {
  const plain = encodeNifti(labels());
  const packed = new Uint8Array(gzipSync(plain));
  assertRefused(packed.subarray(0, packed.length - 9), "gzip", "truncated or corrupt");
  const corrupt = packed.slice();
  corrupt[packed.length - 6]! ^= 0xff; // The checksum.
  assertRefused(corrupt, "gzip", "truncated or corrupt");
  assertRefused(plain.subarray(0, plain.length - 1), "truncated", "5 bytes of voxels, wanted 6");
  assertRefused(plain.subarray(0, 100), "truncated", "100 bytes");
  const wrongMagic = plain.slice();
  wrongMagic[345] = 120;
  assertRefused(wrongMagic, "magic", "not a NIfTI file");
  const wrongSize = plain.slice();
  wrongSize[0] = 0;
  assertRefused(wrongSize, "header", "damaged");
  const noSize = plain.slice();
  noSize[42] = 0;
  assertRefused(noSize, "header", "dim field");
});

Deno.test("parseNifti() tells that the longer header of NIfTI-2 is cut short", () => {
  const { header, volume } = labels();
  const bytes = encodeNifti({ volume, header: { ...header, version: 2 }, warnings: [] });
  for (const length of [348, 400, 539]) {
    assertRefused(bytes.slice(0, length), "truncated", `it has ${length} bytes, wanted a NIfTI-2`);
  }
  // Behind the shorter one stand four bytes that a file may lack.
  const shorter = encodeNifti(labels());
  for (const length of [348, 351]) {
    assertRefused(shorter.slice(0, length), "truncated", "it holds 0 bytes of voxels");
  }
});

Deno.test("parseNifti() refuses datatypes that are not real numbers, and inexact 64-bit ones", () => {
  for (const [code, name] of [[32, "complex64"], [128, "rgb24"], [999, "unknown"]] as const) {
    const bytes = encodeNifti(labels());
    new DataView(bytes.buffer).setInt16(70, code, true);
    assertRefused(bytes, "datatype", name);
  }
  const wide = withVoxels(labels(), Float64Array.from([1, 2, 3, 4, 5, 6]), "uint64");
  const bytes = encodeNifti(wide);
  new DataView(bytes.buffer).setBigUint64(352 + 8, 2n ** 60n, true);
  assertRefused(bytes, "value", "voxel 1");
});

const SHARED = new URL("../../../../shared/data", import.meta.url).pathname;
const ODD = `${SHARED}/oddities/acdc_patient001_ed_sform_disagrees.nii.gz`;
const missing = async (path: string) => !await Deno.stat(path).then(() => true, () => false);
const oddMissing = await missing(ODD);

Deno.test({
  name: "readNifti() names the spacing that an odd sform contradicts, on a real file" +
    (oddMissing ? ` (no ${ODD})` : ""),
  ignore: oddMissing,
  async fn() {
    const image = await readNifti(ODD);
    assertEquals(image.volume.shape, [216, 256, 10]);
    assert(image.warnings.some((text) => text.includes("1 x 1 x 1 mm and its pixdim 1.5625")));
    const repaired = await readNifti(ODD, { geometry: "pixdim" });
    assertEquals(repaired.volume.affine.slice(0, 6), [-1.5625, 0, 0, 0, 0, -1.5625]);
    assertEquals(repaired.warnings, []);
  },
});

const TYPES = `${SHARED}/nifti_types`;
const typesMissing = await missing(TYPES);

Deno.test({
  name:
    "readNiftiFrames() reads every real file of the types, and refuses the others by a typed error" +
    (typesMissing ? ` (no ${TYPES})` : ""),
  ignore: typesMissing,
  async fn() {
    const codes: Record<string, string> = {};
    for await (const path of filesUnder(TYPES)) {
      if (/LICENSE|\.img/.test(path)) continue;
      const outcome = await readNiftiFrames(path).then(({ volumes }) => volumes.length, (error) => {
        assert(error instanceof NiftiError, `${path}: ${error}`);
        assert(error.message.includes(path));
        return error.code;
      });
      codes[path.slice(TYPES.length + 1)] = String(outcome);
    }
    for (const [path, outcome] of Object.entries(codes)) {
      if (path.includes("/27/")) assertEquals(outcome, "1", path);
      if (/\/(rgba?|complex)\//.test(path)) assertEquals(outcome, "datatype", path);
    }
    assertEquals(codes["nifti_reader_js/not-nifti.nii"], "magic");
    assertEquals(codes["nifti_reader_js/with_extension.nii.gz"], "1");
  },
});

async function* filesUnder(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* filesUnder(`${folder}/${name}`);
    else yield `${folder}/${name}`;
  }
}
