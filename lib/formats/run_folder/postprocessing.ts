/** `postprocessing.json`: what a run's own validation says of its predictions. */
import { z } from "../../base/deps/zod.ts";
import { readJson } from "../files/read_json.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import { RunFolderError } from "./run_folder_error.ts";

/** Version of the file. */
const FORMAT = 1;

const share = z.number().min(0).max(1);

const thresholdSchema = z.object({
  threshold: z.number().nullable(),
  auroc: share.nullable(),
});

const labelSchema = z.object({
  name: z.string(),
  dice: share.nullable(),
  largestDice: share.nullable(),
  inPieces: z.int().min(0),
  keepLargest: z.boolean(),
});

const networkSchema = z.object({
  labels: z.array(labelSchema).readonly(),
  bad: z.int().min(0),
  flags: z.object({
    entropy: thresholdSchema,
    disagreement: thresholdSchema.exactOptional(),
  }),
});

/** The schema of {@linkcode Postprocessing} as JSON. */
export const postprocessingFields = {
  step: z.int().min(0),
  cases: z.int().min(1),
  connectivity: z.union([z.literal(6), z.literal(18), z.literal(26)]),
  badDice: share,
  networks: z.object({ ftn: networkSchema, stn: networkSchema.exactOptional() }),
};

const postprocessingSchema = z.object({ format: z.literal(FORMAT), ...postprocessingFields });

/** What `postprocessing.json` holds, less its version. */
export interface Postprocessing {
  /** Steps of the checkpoint that was looked at. */
  step: number;
  /** Validation volumes. */
  cases: number;
  /** Below this mean Dice a volume counts as bad. */
  badDice: number;
  /** How voxels of a piece touch. */
  connectivity: 6 | 18 | 26;
  /** What was found of each network; `stn` is absent where there is none. */
  networks: {
    ftn: NetworkPostprocessing;
    stn?: NetworkPostprocessing;
  };
}

/** What was found of one network. */
export interface NetworkPostprocessing {
  /** By label, background left out. */
  labels: readonly {
    name: string;
    /**
     * Mean Dice of the volumes as segmented, and with the largest piece alone, over those where it is
     * labelled or segmented; null where there is none.
     */
    dice: number | null;
    largestDice: number | null;
    /** Volumes in which it was in several pieces. */
    inPieces: number;
    /** Whether only the largest piece is kept. */
    keepLargest: boolean;
  }[];
  /** Volumes with a mean Dice below `badDice`. */
  bad: number;
  /** Where numbers that need no label tell the bad volumes. */
  flags: {
    entropy: FlagThreshold;
    /** Absent where there is just one network. */
    disagreement?: FlagThreshold;
  };
}

/** From where on a number says that a volume is to be looked at. */
export interface FlagThreshold {
  /** Volumes with more than this are to be looked at; null where no validation volume was good. */
  threshold: number | null;
  /**
   * How well the number told the bad volumes, 0 to 1; null where there was none of one kind, and the
   * threshold is the largest of the good ones.
   */
  auroc: number | null;
}

/** Writes it as JSON, atomically; throws WriteError if the disk refuses. */
export async function savePostprocessing(path: string, found: Postprocessing): Promise<void> {
  await writeAtomically(path, JSON.stringify({ format: FORMAT, ...found }, null, 2) + "\n");
}

/**
 * Reads it.
 *
 * @throws {RunFolderError} If the file cannot be read, is of another version, or has a bad field.
 */
export async function readPostprocessing(path: string): Promise<Postprocessing> {
  const { format: _, ...found } = await readJson(path, postprocessingSchema, RunFolderError);
  return found;
}
