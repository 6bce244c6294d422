/** `hard_examples/step_000123.json`: what a method made of the same slices after so many steps. */
import { join } from "../../base/deps/std.ts";
import { z } from "../../base/deps/zod.ts";
import { readJson } from "../files/read_json.ts";
import { writeAtomically, WriteError } from "../files/write_atomically.ts";
import { exists } from "../files/exists.ts";
import { RunFolderError } from "./run_folder_error.ts";
import { versioned } from "./versioned.ts";

/** Version of the files. */
const FORMAT = 2;

const count = z.number().int().min(1);
const pixels = z.base64();

const maskSchema = z.object({
  scheme: z.enum(["dropout", "channel", "spatial"]),
  shape: z.tuple([count, count, count, count]).readonly(),
  values: z.array(z.number().min(0)).readonly(),
}).refine(({ shape, values }) => values.length === shape.reduce((a, b) => a * b, 1), {
  error: "Wanted as many values as its shape has",
});

const currentSchema = versioned(FORMAT, {
  step: z.number().int().min(0),
  height: count,
  width: count,
  images: pixels,
  labels: pixels,
  corrupted: pixels.exactOptional(),
  segmentation: pixels.exactOptional(),
  masks: z.object({ image: maskSchema.exactOptional(), shape: maskSchema.exactOptional() })
    .exactOptional(),
});

/** The schema of a file; also reads version 1, whose slices were square. */
export const hardExampleSchema = z.preprocess((value) => {
  if (value === null || typeof value !== "object" || !("size" in value)) return value;
  const { size, ...rest } = value;
  // what says that it is of another version is of that one
  if ("format" in rest && rest.format !== 1) return value;
  return { ...rest, format: FORMAT, height: size, width: size };
}, currentSchema);

/** Hard examples of one moment. Pixels are base64 of uint8, [n, height, width]. */
export interface HardExampleRecord {
  /** Steps done when they were made. */
  step: number;
  /** Rows of a slice in pixels. */
  height: number;
  /** Columns of a slice in pixels. */
  width: number;
  /** The slices as they are, the first channel, 0 black to 255 white. */
  images: string;
  /** Their classes. */
  labels: string;
  /** The corrupted images, where the method makes such. */
  corrupted?: string;
  /** The classes of the corrupted segmentations, where the method makes such. */
  segmentation?: string;
  /** What the codes were multiplied by, where the method masks codes. */
  masks?: {
    image?: MaskRecord;
    shape?: MaskRecord;
  };
}

/** A mask as JSON. */
export interface MaskRecord {
  /** How the entries of the code were chosen. */
  scheme: "dropout" | "channel" | "spatial";
  /** [batch, height, width, channels] of the multipliers; 1 where they are shared. */
  shape: readonly [number, number, number, number];
  /** In the order of `shape`. */
  values: readonly number[];
}

/** Writes a moment's file atomically in a folder, which is made; throws WriteError if the disk refuses. */
export async function saveHardExample(dir: string, record: HardExampleRecord): Promise<void> {
  try {
    await Deno.mkdir(dir, { recursive: true });
  } catch (cause) {
    throw new WriteError(dir, { cause });
  }
  const name = `step_${String(record.step).padStart(6, "0")}.json`;
  await writeAtomically(join(dir, name), JSON.stringify({ format: FORMAT, ...record }) + "\n");
}

/**
 * The hard examples that a folder holds, by step; none where there is no such folder.
 *
 * @throws {RunFolderError} If a file is of another version, or has a bad field.
 */
export async function readHardExamples(dir: string): Promise<HardExampleRecord[]> {
  if (!await exists(dir)) return [];
  const names: string[] = [];
  for await (const { name } of Deno.readDir(dir)) {
    if (/^step_\d+\.json$/.test(name)) names.push(name);
  }
  const moments = await Promise.all(names.map(async (name) => {
    const { format: _, ...record } = await readJson(
      join(dir, name),
      hardExampleSchema,
      RunFolderError,
    );
    return record;
  }));
  return moments.sort((a, b) => a.step - b.step);
}
