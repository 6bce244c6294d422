import { assertEquals } from "../../../deps.ts";
import { labelOf, parseBidsName } from "../../../../lib/imaging/data/layouts/bids_names.ts";

Deno.test("parseBidsName() takes a name apart, and refuses what is none", () => {
  assertEquals(parseBidsName("sub-01_ses-2_run-1_T2w"), {
    subject: "sub-01",
    entities: ["ses-2", "run-1"],
    suffix: "T2w",
  });
  for (const stem of ["sub-01", "sub-_T2w", "sub-a.b_T2w", "01_T2w", ""]) {
    assertEquals(parseBidsName(stem), undefined, stem);
  }
});

Deno.test("labelOf() tells an image's labels from those of other images", () => {
  const kind = (image: string, label: string) => {
    const found = labelOf(parseBidsName(image)!, parseBidsName(label)!);
    return found && [found.kind, found.space].filter((part) => part).join(" in ");
  };
  const image = "sub-1_run-1_T2w";
  assertEquals(kind(image, "sub-1_run-1_T2w_seg-manual"), "seg-manual");
  assertEquals(kind(image, "sub-1_run-1_dseg"), "dseg");
  assertEquals(kind(image, "sub-1_run-1_res-1_desc-aseg_dseg"), "desc-aseg_dseg");
  assertEquals(kind(image, "sub-1_run-1_T2w_label-SC_mask"), "label-SC_mask");
  assertEquals(kind(image, "sub-1_run-1_space-MNI_dseg"), "dseg in space-MNI");
  assertEquals(kind(image, "sub-1_run-1_space-orig_dseg"), "dseg");
  for (
    const other of ["sub-2_run-1_dseg", "sub-1_run-2_dseg", "sub-1_dseg", "sub-1_run-1_T1w_seg"]
  ) {
    assertEquals(kind(image, other), undefined, other);
  }
  assertEquals(kind("sub-1_T2w", "sub-1_run-1_dseg"), undefined, "the label of another run");
});
