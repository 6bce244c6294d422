import { DATATYPES } from "./datatype.ts";
import { HEADER_BYTES, type NiftiHeader } from "./header.ts";
import { NiftiError } from "./nifti_error.ts";

/**
 * The bytes of a header, its extension included: everything before the first voxel.
 *
 * @throws {NiftiError} ("header") If a text or size does not fit its field.
 */
export function encodeHeader(header: NiftiHeader, file: string): Uint8Array {
  const length = HEADER_BYTES[header.version];
  const voxelOffset = length + header.extension.length;
  const bytes = new Uint8Array(voxelOffset);
  bytes.set(header.extension, length);
  const view = new DataView(bytes.buffer);
  (header.version === 1 ? writeNifti1 : writeNifti2)(
    new FieldWriter(view, bytes, header.littleEndian, file),
    header,
    voxelOffset,
  );
  return bytes;
}

/** Writes fields at byte offsets in one byte order. */
class FieldWriter {
  constructor(
    readonly view: DataView,
    readonly bytes: Uint8Array,
    readonly little: boolean,
    readonly file: string,
  ) {}

  byte(at: number, value: number) {
    this.view.setUint8(at, value);
  }
  int16(at: number, ...values: readonly number[]) {
    values.forEach((value, n) => {
      if (value < -32768 || value > 32767) {
        throw new NiftiError(
          "header",
          `Cannot write ${this.file}: a header field is ${value}, wanted at most 32767 (use NIfTI-2)`,
        );
      }
      this.view.setInt16(at + 2 * n, value, this.little);
    });
  }
  int32(at: number, ...values: readonly number[]) {
    values.forEach((value, n) => this.view.setInt32(at + 4 * n, value, this.little));
  }
  int64(at: number, ...values: readonly number[]) {
    values.forEach((value, n) => this.view.setBigInt64(at + 8 * n, BigInt(value), this.little));
  }
  float32(at: number, ...values: readonly number[]) {
    values.forEach((value, n) => this.view.setFloat32(at + 4 * n, value, this.little));
  }
  float64(at: number, ...values: readonly number[]) {
    values.forEach((value, n) => this.view.setFloat64(at + 8 * n, value, this.little));
  }
  /** Latin-1, as the reader takes it, with room for the closing zero. */
  text(at: number, room: number, text: string) {
    const codes = [...text].map((character) => character.codePointAt(0)!);
    if (codes.length >= room || codes.some((code) => code > 255)) {
      throw new NiftiError(
        "header",
        `Cannot write ${this.file}: a header text is "${text}", wanted at most ${
          room - 1
        } Latin-1 characters`,
      );
    }
    this.bytes.set(codes, at);
  }
}

function writeNifti1(to: FieldWriter, header: NiftiHeader, voxelOffset: number): void {
  const datatype = DATATYPES[header.datatype];
  to.int32(0, 348);
  to.byte(38, 0x72); // "r", which the standard's ancestor ANALYZE 7.5 wants
  to.byte(39, header.dimInfo);
  to.int16(40, ...header.dim);
  to.float32(56, ...header.intentParameters);
  to.int16(68, header.intentCode, datatype.code, datatype.bytes * 8, header.sliceStart);
  to.float32(76, ...header.pixdim);
  to.float32(108, voxelOffset, header.sclSlope, header.sclInter);
  to.int16(120, header.sliceEnd);
  to.byte(122, header.sliceCode);
  to.byte(123, header.xyztUnits);
  to.float32(124, header.calMax, header.calMin, header.sliceDuration, header.toffset);
  to.text(148, 80, header.description);
  to.text(228, 24, header.auxFile);
  to.int16(252, header.qformCode, header.sformCode);
  to.float32(256, ...header.quaternion, ...header.qoffset, ...header.srow);
  to.text(328, 16, header.intentName);
  to.text(344, 4, "n+1");
}

function writeNifti2(to: FieldWriter, header: NiftiHeader, voxelOffset: number): void {
  const datatype = DATATYPES[header.datatype];
  to.int32(0, 540);
  [..."n+2\0\r\n\x1a\n"].forEach((sign, n) => to.byte(4 + n, sign.charCodeAt(0)));
  to.int16(12, datatype.code, datatype.bytes * 8);
  to.int64(16, ...header.dim);
  to.float64(80, ...header.intentParameters, ...header.pixdim);
  to.int64(168, voxelOffset);
  to.float64(176, header.sclSlope, header.sclInter, header.calMax, header.calMin);
  to.float64(208, header.sliceDuration, header.toffset);
  to.int64(224, header.sliceStart, header.sliceEnd);
  to.text(240, 80, header.description);
  to.text(320, 24, header.auxFile);
  to.int32(344, header.qformCode, header.sformCode);
  to.float64(352, ...header.quaternion, ...header.qoffset, ...header.srow);
  to.int32(496, header.sliceCode, header.xyztUnits, header.intentCode);
  to.text(508, 16, header.intentName);
  to.byte(524, header.dimInfo);
}
