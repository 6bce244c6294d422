import { assertEquals } from "../../deps.ts";
import { IGNORED } from "../../../lib/base/task/task.ts";
import { IGNORED_LABEL } from "../../../wasm/ops/pixels.ts";

Deno.test("the operators ignore the label that tasks give voxels to ignore", () => {
  // The backend knows nothing of lib, so the number stands twice.
  assertEquals(IGNORED_LABEL, IGNORED);
});
