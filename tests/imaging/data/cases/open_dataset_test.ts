import { assertRejects } from "../../../deps.ts";
import { type LayoutName, openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";

Deno.test("openDataset() refuses a layout that does not exist", async () => {
  await assertRejects(
    () => openDataset("x", "toString" as LayoutName),
    RangeError,
    "wanted one of acdc, mnms, folder",
  );
});
