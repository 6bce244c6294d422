/**
 * What a run knows of its data, and keeps: whatever is evaluated or predicted by its networks is read
 * and prepared so. It is `data.json` of a run's folder, and stands in its checkpoints.
 */
import { z } from "../../../base/deps/zod.ts";
import { type Task, taskSchema } from "../../../base/task/task.ts";
import { type Fingerprint, fingerprintSchema } from "../preparation/fingerprint.ts";
import { type Preparation, preparationSchema } from "../preparation/prepare_case.ts";

/** The schema of {@linkcode RunData} as JSON. */
export const runDataSchema: z.ZodType<RunData> = z.strictObject({
  version: z.literal(1),
  layout: z.string(),
  task: taskSchema,
  geometry: z.enum(["auto", "sform", "qform", "pixdim"]),
  turn: z.strictObject({ transpose: z.boolean(), flipI: z.boolean(), flipJ: z.boolean() })
    .nullable(),
  preparation: preparationSchema,
  levels: z.number().int().min(1).max(4).default(4),
  fingerprint: fingerprintSchema.nullable(),
});

/** Layout, task and preparation of a run. */
export interface RunData {
  /** Version of this schema. */
  readonly version: 1;
  /** The layout that read the data set, for files that come alone. */
  readonly layout: string;
  /** With the codes of the data set. */
  readonly task: Task;
  /** What of NIfTI headers says where voxels lie. */
  readonly geometry: "auto" | "sform" | "qform" | "pixdim";
  /** How slices are turned where headers cannot tell; null = as headers say. */
  readonly turn: { transpose: boolean; flipI: boolean; flipJ: boolean } | null;
  /** How cases are prepared for the networks. */
  readonly preparation: Preparation;
  /** Times that the networks halve a slice; runs from before it was a setting have 4. */
  readonly levels: number;
  /** What `auto` was told from; null where nothing was. */
  readonly fingerprint: Fingerprint | null;
}
