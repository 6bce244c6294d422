/**
 * What a run knows of its data, and keeps: whatever is evaluated or predicted by its networks is read
 * and prepared so. It is `data.json` of a run's folder, and stands in its checkpoints.
 */
import { z } from "../../../base/deps/zod.ts";
import { taskSchema } from "../../../base/task/task.ts";
import { fingerprintSchema } from "../preparation/fingerprint.ts";
import { preparationSchema } from "../preparation/prepare_case.ts";

/** The schema of {@linkcode RunData} as JSON. */
export const runDataSchema = z.strictObject({
  /** Version of this schema. */
  version: z.literal(1),
  /** The layout that read the data set, for files that come alone. */
  layout: z.string(),
  /** With the codes of the data set. */
  task: taskSchema,
  /** What of NIfTI headers says where voxels lie. */
  geometry: z.enum(["auto", "sform", "qform", "pixdim"]),
  /** How slices are turned where headers cannot tell; null = as headers say. */
  turn: z.strictObject({ transpose: z.boolean(), flipI: z.boolean(), flipJ: z.boolean() })
    .nullable(),
  preparation: preparationSchema,
  /** Times that the networks halve a slice; runs from before it was a setting have 4. */
  levels: z.number().int().min(1).max(4).default(4),
  /** What `auto` was told from; null where nothing was. */
  fingerprint: fingerprintSchema.nullable(),
});

/** Layout, task and preparation of a run. */
export type RunData = Readonly<z.infer<typeof runDataSchema>>;
