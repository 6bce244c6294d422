import { assertEquals, assertThrows } from "../../deps.ts";
import { DicomError } from "../../../lib/formats/dicom/dicom_error.ts";
import { framesOnGrid } from "../../../lib/formats/dicom/frames_on_grid.ts";
import type { SourceFrame } from "../../../lib/formats/dicom/source_frames.ts";

/** Slices across the body of 4 columns and 3 rows, 1.5 and 2 mm apart, at these heights in mm. */
function series(...heights: number[]) {
  const frames = heights.map((z, n): SourceFrame => ({
    ...{ classUid: "1", instanceUid: `2.${n}`, position: [10, 20, z] },
    ...{ orientation: [1, 0, 0, 0, 1, 0], spacing: [2, 1.5] },
  }));
  return { frames, rows: 3, columns: 4 };
}

/** The same grid in RAS+, stored as dcm2niix does: rows the other way up. */
const stored = {
  shape: [4, 3, 3],
  affine: [-1.5, 0, 0, -10, 0, 2, 0, -24, 0, 0, 5, 100, 0, 0, 0, 1],
} as const;

const uids = (planes: ReturnType<typeof framesOnGrid>) =>
  planes.map(({ frames }) => frames.map(({ instanceUid }) => instanceUid).join("+"));

Deno.test("framesOnGrid() finds the slices' images by place, whatever their order", () => {
  const planes = framesOnGrid(series(110, 100, 105), stored, "it");
  assertEquals(uids(planes), ["2.1", "2.2", "2.0"]);
  assertEquals(planes[0], { ...planes[0]!, start: 8, alongRow: 1, downColumn: -4 });
  assertEquals(planes.map(({ start }) => start), [8, 20, 32]);
});

Deno.test("framesOnGrid() leaves out images beside the volume, and joins those of one place", () => {
  assertEquals(
    uids(framesOnGrid(series(95, 100, 100.1, 105, 110, 115), stored, "it")),
    ["2.1+2.2", "2.3", "2.4"],
  );
});

Deno.test("framesOnGrid() takes a volume whose slices lie along another axis", () => {
  const grid = {
    shape: [3, 4, 3],
    affine: [0, -1.5, 0, -10, 0, 0, -2, -20, -5, 0, 0, 110, 0, 0, 0, 1],
  } as const;
  const planes = framesOnGrid(series(100, 105, 110), grid, "it");
  assertEquals(uids(planes), ["2.2", "2.1", "2.0"]);
  assertEquals(planes[1], { ...planes[1]!, start: 1, alongRow: 3, downColumn: 12 });
});

Deno.test("framesOnGrid() goes by the order of slices where their distances are uneven", () => {
  assertEquals(uids(framesOnGrid(series(100, 115, 105), stored, "it")), ["2.0", "2.2", "2.1"]);
});

Deno.test("framesOnGrid() refuses a series of another place, size or direction", () => {
  const refuse = (...[one, grid, text]: [...Parameters<typeof framesOnGrid>]) =>
    assertThrows(() => framesOnGrid(one, grid, "it"), DicomError, text);
  refuse(series(100, 105), stored, "of 3 slices of the volume, 2 have an image");
  const three = series(100, 105, 110);
  refuse({ ...three, rows: 4 }, stored, "4 x 4 pixels are not the slices of a volume of 4 x 3 x 3");
  const moved = { ...stored, affine: [...stored.affine].map((value, n) => n === 3 ? -9 : value) };
  refuse(three, moved, "are not the slices");
  const turned = { ...stored, affine: [-1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1] };
  refuse(three, turned, "do not run along");
});
