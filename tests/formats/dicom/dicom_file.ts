/** DICOM files made by hand (PS3.10, explicit VR, little endian), so that tests need no real ones. */

/** What a slice says of itself. */
export interface SliceOptions {
  readonly series?: string;
  readonly number?: number;
  readonly description?: string;
  readonly instance?: number;
  /** Absent: explicit VR, little endian, as the file is in truth. */
  readonly transferSyntax?: string;
  /** First voxel in mm (LPS). */
  readonly position?: readonly [number, number, number];
  /** Direction cosines of a row and of a column; across the body by default. */
  readonly orientation?: readonly number[];
  /** `3D`, or as most: not told. */
  readonly acquisition?: string;
  /** Degrees that a scanner of X-rays is tilted by; absent: it is none. */
  readonly tilt?: number;
  readonly triggerTime?: number;
  /** Two columns by two rows of 16 bits, by rows. */
  readonly pixels?: readonly number[];
  /** Whether there is a sequence of frames, which holds none. */
  readonly emptyFrames?: boolean;
  /** Without it there are no pixels. */
  readonly isImage?: boolean;
}

const COLUMNS = 4, ROWS = 3;

/** As many voxels as a slice has: 4 columns x 3 rows of 2 x 1.5 mm (row spacing, column spacing). */
export const SLICE_VOXELS = COLUMNS * ROWS;

/** A slice across the body: columns to the left, rows to the back. */
export function dicomSlice(options: SliceOptions = {}): Uint8Array {
  const { series = "1.2.3", instance = 1, position = [0, 0, 0], isImage = true } = options;
  const { pixels = Array.from({ length: SLICE_VOXELS }, (_, n) => n) } = options;
  const sop = `${series}.${instance}`, isCt = options.tilt !== undefined;
  const sopClass = `1.2.840.10008.5.1.4.1.1.${isCt ? 2 : 4}`;
  const elements = [
    text(0x0008, 0x0008, "CS", "ORIGINAL\\PRIMARY"),
    text(0x0008, 0x0016, "UI", sopClass),
    text(0x0008, 0x0018, "UI", sop),
    text(0x0008, 0x0020, "DA", "20200102"),
    text(0x0008, 0x0030, "TM", "101112"),
    text(0x0008, 0x0060, "CS", isCt ? "CT" : "MR"),
    text(0x0008, 0x0070, "LO", "Made"),
    text(0x0008, 0x103e, "LO", options.description ?? ""),
    ...options.acquisition === undefined ? [] : [text(0x0018, 0x0023, "CS", options.acquisition)],
    text(0x0018, 0x0050, "DS", "5"),
    ...options.triggerTime === undefined
      ? []
      : [text(0x0018, 0x1060, "DS", `${options.triggerTime}`)],
    ...isCt ? [text(0x0018, 0x1120, "DS", `${options.tilt}`)] : [],
    text(0x0018, 0x5100, "CS", "HFS"),
    text(0x0020, 0x000d, "UI", "1.2"),
    text(0x0020, 0x000e, "UI", series),
    text(0x0020, 0x0011, "IS", options.number === undefined ? "" : `${options.number}`),
    text(0x0020, 0x0013, "IS", `${instance}`),
    text(0x0020, 0x0032, "DS", position.join("\\")),
    text(0x0020, 0x0037, "DS", (options.orientation ?? [1, 0, 0, 0, 1, 0]).join("\\")),
    number(0x0028, 0x0002, 1),
    text(0x0028, 0x0004, "CS", "MONOCHROME2"),
    number(0x0028, 0x0010, ROWS),
    number(0x0028, 0x0011, COLUMNS),
    text(0x0028, 0x0030, "DS", "2\\1.5"),
    number(0x0028, 0x0100, 16),
    number(0x0028, 0x0101, 16),
    number(0x0028, 0x0102, 15),
    number(0x0028, 0x0103, isCt ? 1 : 0),
    ...options.emptyFrames ? [element(0x5200, 0x9230, "SQ", [])] : [],
    ...isImage ? [element(0x7fe0, 0x0010, "OW", [...pixels].flatMap(twoBytes))] : [],
  ];
  const meta = [
    text(0x0002, 0x0002, "UI", sopClass),
    text(0x0002, 0x0003, "UI", sop),
    text(0x0002, 0x0010, "UI", options.transferSyntax ?? "1.2.840.10008.1.2.1"),
  ].flat();
  return Uint8Array.from([
    ...new Uint8Array(128),
    ..."DICM".split("").map((letter) => letter.charCodeAt(0)),
    ...element(0x0002, 0x0000, "UL", [...twoBytes(meta.length), 0, 0]),
    ...meta,
    ...elements.flat(),
  ]);
}

/** Writes slices as files of any names, `0`, `1`, … without an ending. */
export async function writeSlices(
  folder: string,
  slices: readonly SliceOptions[],
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [n, slice] of slices.entries()) {
    await Deno.writeFile(`${folder}/${n}`, dicomSlice({ instance: n + 1, ...slice }));
  }
}

/** Slices 5 mm apart, one above the other, all voxels of the n-th `n + first`. */
export function stack(count: number, first: number, options: SliceOptions = {}): SliceOptions[] {
  return Array.from({ length: count }, (_, n) => ({
    ...options,
    position: [0, 0, 5 * n] as const,
    pixels: new Array<number>(SLICE_VOXELS).fill(n + first),
  }));
}

const twoBytes = (value: number) => [value & 255, value >> 8];

function text(group: number, tag: number, vr: string, value: string): number[] {
  const codes = value.split("").map((letter) => letter.charCodeAt(0));
  if (codes.length % 2 === 1) codes.push(vr === "UI" ? 0 : 32);
  return element(group, tag, vr, codes);
}

function number(group: number, tag: number, value: number): number[] {
  return element(group, tag, "US", twoBytes(value));
}

function element(group: number, tag: number, vr: string, value: readonly number[]): number[] {
  const letters = vr.split("").map((letter) => letter.charCodeAt(0));
  const isLong = vr === "OW" || vr === "SQ";
  const length = isLong ? [0, 0, ...twoBytes(value.length), 0, 0] : twoBytes(value.length);
  return [...twoBytes(group), ...twoBytes(tag), ...letters, ...length, ...value];
}
