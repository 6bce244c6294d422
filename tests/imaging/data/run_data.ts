import { MNMS_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import { type RunData, runDataSchema } from "../../../lib/imaging/data/cases/run_data.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";

/** What a run on the phantom, or on the tiny heart, keeps of its data. */
export const RUN_DATA: RunData = runDataSchema.parse({
  version: 1,
  layout: "mnms",
  task: MNMS_TASK,
  geometry: "auto",
  turn: null,
  preparation: { size: square(16), spacing: 2.5 },
  fingerprint: null,
});
