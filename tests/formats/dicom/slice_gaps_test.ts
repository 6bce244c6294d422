import { assertEquals } from "../../deps.ts";
import { crowdedPlaces, sliceGaps } from "../../../lib/formats/dicom/slice_gaps.ts";

/** Slices of a plane that is tilted about x, at heights along its normal. */
const at = (...heights: number[]) =>
  heights.map((mm) => ({
    orientation: [1, 0, 0, 0, 0.6, 0.8],
    position: [7, -0.8 * mm, 0.6 * mm],
  }));

Deno.test("sliceGaps() says what is missing or uneven, in mm", () => {
  const even = "a NIfTI places them evenly";
  assertEquals(sliceGaps(at(0, 3, 6, 9, 9, 12)), undefined);
  assertEquals(sliceGaps(at(0, 3)), undefined);
  assertEquals(
    sliceGaps(at(12, 0, 3, 9)),
    `its slices are 3 mm to 6 mm apart, most 3 mm; ${even}: 1 slice seems to be missing`,
  );
  assertEquals(
    sliceGaps(at(0, 3, 12)),
    `its slices are 3 mm to 9 mm apart, most 3 mm; ${even}: 2 slices seem to be missing`,
  );
  assertEquals(
    sliceGaps(at(0, 3, 6, 8)),
    `its slices are 2 mm to 3 mm apart, most 3 mm; ${even}`,
  );
});

Deno.test("sliceGaps() says nothing of files without a place", () => {
  assertEquals(sliceGaps([{}, {}, {}]), undefined);
  assertEquals(crowdedPlaces([{}, {}, {}]), undefined);
});

Deno.test("crowdedPlaces() says where places hold unequal numbers of slices", () => {
  assertEquals(crowdedPlaces(at(0, 3, 6, 0, 3, 6)), undefined);
  assertEquals(crowdedPlaces(at(0, 3, 3, 3, 6)), "its places hold 1 to 3 slices each");
});
