import type { LayoutName } from "../../../../lib/names.ts";
import { assertRejects } from "../../../deps.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";

Deno.test("openDataset() refuses a layout that does not exist", async () => {
  await assertRejects(
    () => openDataset("x", "toString" as LayoutName),
    RangeError,
    "wanted one of acdc, mnms, folder",
  );
});
