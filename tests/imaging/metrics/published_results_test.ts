/** The metrics against those that a team published of its predictions for M&Ms subjects. */
import { whereThereIs } from "../../where_there_is.ts";
import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import { parseCsv } from "../../../lib/base/deps/std.ts";
import { assd } from "../../../lib/imaging/metrics/assd.ts";
import { dice } from "../../../lib/imaging/metrics/dice.ts";
import { hausdorff } from "../../../lib/imaging/metrics/hausdorff.ts";
import { iou } from "../../../lib/imaging/metrics/iou.ts";
import { surfaceDistances } from "../../../lib/imaging/metrics/surface_distances.ts";
import type { NiftiImage } from "../../../lib/formats/nifti/nifti_image.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";

const DATA = new URL("../../../../shared/data/", import.meta.url).pathname;

/** The first of these files that is there. */
async function readFirst(paths: readonly string[]): Promise<NiftiImage | undefined> {
  for (const path of paths) {
    try {
      return await readNifti(`${DATA}${path}`);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}

const TABLE = `${DATA}mnms_predictions/results.csv`;
const NAME = "dice(), iou(), hausdorff() and assd() give the numbers that a team published";

Deno.test({
  ...await whereThereIs(TABLE, NAME),
  fn: async () => {
    const table = await Deno.readTextFile(TABLE);
    let compared = 0;
    for (const row of parseCsv(table)) {
      const label = row["Name"]!, subject = label.split("_")[0]!;
      const prediction = await readFirst([
        `mnms_predictions/${label.replace(/gt$/, "pred")}.nii.gz`,
      ]);
      if (prediction === undefined) continue;
      const paths = [`mnms_predictions/${label}.nii.gz`, `mnms/${subject}/${label}.nii.gz`];
      const reference = (await readFirst(paths))!;
      const { pixdim } = reference.header, { shape } = reference.volume;
      const grid = { shape, spacing: [pixdim[1]!, pixdim[2]!, pixdim[3]!] as const };
      const [p, r] = [prediction.volume.data, reference.volume.data];
      for (const [n, name] of ["LV", "MYO", "RV"].entries()) {
        const distances = surfaceDistances(p, r, n + 1, grid);
        const published = (metric: string) => Number(row[`${metric} ${name}`]);
        assertEquals(dice(p, r, n + 1), published("Dice"), `Dice ${name} of ${label}`);
        assertEquals(iou(p, r, n + 1), published("Jaccard"), `Jaccard ${name} of ${label}`);
        assertEquals(hausdorff(distances), published("Hausdorff"), `Hausdorff ${name} of ${label}`);
        // summed in another order
        assertAlmostEquals(assd(distances), published("ASSD"), 1e-12, `ASSD ${name} of ${label}`);
        compared += 4;
      }
    }
    assertEquals(compared, 192);
  },
});
