/**
 * What is segmented, as a value: the labels with the codes that files use for them, and the channels
 * of an image. A layout gives it, a run keeps it, and nothing else names an organ.
 */
import { z } from "../deps/zod.ts";

/** The class value of voxels that give no loss, no score and no gradient. */
export const IGNORED = 255;

/** Labels at the most, background included: classes are bytes, and one value marks what is ignored. */
export const MOST_LABELS = 255;

/** Channels at the most. */
export const MOST_CHANNELS = 16;

const code = z.number().int().min(-32768).max(2147483647);
const name = z.string().trim().min(1);

const codeText = (most: number) => z.string().trim().min(1).max(most);

const labelCodeSchema = z.strictObject({
  value: codeText(16),
  scheme: codeText(16),
  meaning: codeText(64),
});

const labelSchema = z.strictObject({
  name: name.describe("As the data set calls it."),
  codes: z.array(code).describe(
    "The values that files use for it; several where several structures are one class.",
  ),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i).optional().describe(
    "For outlines and tables, as `#e69f00`; absent: one of a palette by its place.",
  ),
  role: z.string().min(1).optional().describe(
    "What some artifacts need to know of it, as `blood` or `muscle`.",
  ),
  code: labelCodeSchema.optional().describe(
    "What it is in DICOM, by a code of SNOMED CT, say; absent: tissue.",
  ),
});

const regionSchema = z.strictObject({
  name,
  /** Places of its labels in the task. */
  classes: z.array(z.number().int().min(1).max(MOST_LABELS - 1)).min(1),
});

const channelSchema = z.strictObject({ name });

/** The schema of a task's labels. */
export const labelsSchema: z.ZodType<readonly TaskLabel[]> = z.array(labelSchema).min(2).max(
  MOST_LABELS,
);

/** The schema of a task's channels. */
export const channelsSchema: z.ZodType<readonly TaskChannel[]> = z.array(channelSchema).min(1).max(
  MOST_CHANNELS,
);

/** The schema of a {@linkcode Task} as JSON. */
export const taskSchema: z.ZodType<Task> = z.strictObject({
  labels: labelsSchema,
  channels: channelsSchema,
  ignore: code.optional(),
  regions: z.array(regionSchema).optional(),
}).superRefine(({ labels, channels, ignore, regions = [] }, context) => {
  const refuse = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  for (const twice of repeated(labels.map((label) => label.name))) {
    refuse("labels", `two labels are called ${twice}, wanted each name once`);
  }
  const codes = [
    ...labels.flatMap((label) => label.codes),
    ...(ignore === undefined ? [] : [ignore]),
  ];
  for (const twice of repeated(codes)) {
    refuse("labels", `the code ${twice} stands for two labels, wanted each code once`);
  }
  for (const twice of repeated(channels.map((channel) => channel.name))) {
    refuse("channels", `two channels are called ${twice}, wanted each name once`);
  }
  for (const twice of repeated(regions.map((region) => region.name))) {
    refuse("regions", `two regions are called ${twice}, wanted each name once`);
  }
  for (const region of regions) {
    const beyond = region.classes.filter((index) => index >= labels.length);
    if (beyond.length === 0) continue;
    refuse(
      "regions",
      `${region.name} holds the class ${beyond.join(", ")}, wanted at most ${labels.length - 1}`,
    );
  }
});

/**
 * What is segmented. A label's place is its class: the first is background, class 0.
 *
 * @example
 * ```ts
 * import { type Task, taskSchema } from "./task.ts";
 *
 * const task: Task = taskSchema.parse({
 *   labels: [
 *     { name: "background", codes: [0] },
 *     { name: "Anterior", codes: [1] },
 *     { name: "Posterior", codes: [2, 3] },
 *   ],
 *   channels: [{ name: "MRI" }],
 * });
 * if (task.labels.length !== 3) throw new Error();
 * ```
 */
export interface Task {
  /** In the order of their classes, background first; 2 to 255. */
  readonly labels: readonly TaskLabel[];
  /** In the order of the image's channels, at least one. */
  readonly channels: readonly TaskChannel[];
  /** The code of voxels that nobody labelled: they give no loss, no score and no gradient. */
  readonly ignore?: number | undefined;
  /** Unions of labels that are scored besides them, as a whole tumour of which the labels are parts. */
  readonly regions?: readonly TaskRegion[] | undefined;
}

/** A label: its name, the codes of files, and what else is known of it. */
export interface TaskLabel {
  /** Unique within the task. */
  readonly name: string;
  /** Empty where a data set lacks the label. */
  readonly codes: readonly number[];
  /** For outlines and tables, as `#e69f00`; absent: one of a palette by its place. */
  readonly colour?: string | undefined;
  /** What some artifacts need to know of it, as `blood` or `muscle`. */
  readonly role?: string | undefined;
  /** What it is in DICOM; absent: tissue. */
  readonly code?: LabelCode | undefined;
}

/** What a label is, by the code of a dictionary. */
export interface LabelCode {
  /** The code itself, as "10200004"; 16 characters at most. */
  readonly value: string;
  /** The dictionary: `SCT` is SNOMED CT. */
  readonly scheme: string;
  /** What the code means, in words; 64 characters at most. */
  readonly meaning: string;
}

/** A union of labels. */
export interface TaskRegion {
  /** Unique among the task's regions. */
  readonly name: string;
  /** Places of its labels in the task. */
  readonly classes: readonly number[];
}

/** A channel of an image, as a contrast. */
export interface TaskChannel {
  /** As "T1"; unique within the task. */
  readonly name: string;
}

/** The names of all labels but background, in the order of their classes. */
export function foregroundNames({ labels }: Pick<Task, "labels">): string[] {
  return labels.slice(1).map((label) => label.name);
}

/** The values that occur more than once, each once. */
function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, n) => values.indexOf(value) !== n))];
}
