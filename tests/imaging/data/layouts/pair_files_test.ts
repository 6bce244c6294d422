import { assertEquals } from "../../../deps.ts";
import { pairFiles } from "../../../../lib/imaging/data/layouts/pair_files.ts";

const found = (...paths: string[]) =>
  pairFiles(paths).pairs.map(({ image, label }) => `${image} ${label}`);

Deno.test("pairFiles() finds partners by the ends of names, and by folders", () => {
  assertEquals(found("p1.nii.gz", "p1_gt.nii.gz"), ["p1.nii.gz p1_gt.nii.gz"]);
  assertEquals(found("a-mask.nii", "a.nii.gz"), ["a.nii.gz a-mask.nii"]);
  assertEquals(found("x/a_img.nii", "x/a_Label.nii"), ["x/a_img.nii x/a_Label.nii"]);
  assertEquals(found("P1/image.nii", "P1/seg.nii", "P2/scan.nii", "P2/ground-truth.nii"), [
    "P1/image.nii P1/seg.nii",
    "P2/scan.nii P2/ground-truth.nii",
  ]);
  assertEquals(found("images/a.nii", "labels/a.nii", "site/images/a.nii", "site/masks/a.nii"), [
    "images/a.nii labels/a.nii",
    "site/images/a.nii site/masks/a.nii",
  ]);
  assertEquals(found("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz"), [
    "imagesTr/a_0000.nii.gz labelsTr/a.nii.gz",
  ]);
});

Deno.test("pairFiles() takes nothing for a pair that has no partner, or several", () => {
  const paths = ["a.nii", "b_seg.nii", "c.nii", "c_seg.nii", "c_gt.nii", "sub/d.nii", "d_gt.nii"];
  assertEquals(pairFiles(paths).pairs, []);
  assertEquals(pairFiles(paths).others.toSorted(), paths.toSorted());
  assertEquals(found("segment.nii", "segment_roi.nii"), ["segment.nii segment_roi.nii"]);
  assertEquals(pairFiles([]), { pairs: [], others: [] });
});
