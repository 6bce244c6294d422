/** The record of a suite: all that is needed to make the same volumes again. */
import { ARTIFACT_MODES, type ArtifactMode, MOST_PHANTOM_SUBJECTS } from "../../../names.ts";
import { parseJson } from "../../../base/text/parse_json.ts";
import { z } from "../../../base/deps/zod.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "Wanted 64 hexadecimal digits");
const statistics = z.object({ min: z.number(), mean: z.number(), max: z.number() });

/** A name that can be a folder's and leads nowhere else. */
const folderName = z.string().regex(/^\w[\w.-]*$/, "Wanted letters, digits, '_', '-' and '.'");

/** Where the clean volumes come from. */
export const suiteOriginSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("dataset"),
    path: z.string(),
    layout: z.string(),
  }),
  z.object({
    kind: z.literal("phantom"),
    site: z.string(),
    subjects: z.int().min(1).max(MOST_PHANTOM_SUBJECTS),
    seed: z.int().min(0),
    only: z.array(z.string()),
  }),
]);

/** One volume of a suite. */
export const suiteEntrySchema = z.object({
  set: folderName,
  case: z.string(),
  repeat: z.int().min(1),
  channel: z.int().min(1).optional(),
  severity: z.int().min(1).max(5).optional(),
  preparation: z.enum(["none", "chen2021"]),
  steps: z.array(z.object({
    mode: z.enum(ARTIFACT_MODES),
    artifact: z.string(),
    params: z.unknown(),
  })),
  input: z.object({ image: sha256, label: sha256.optional(), otherFrame: sha256.optional() }),
  output: z.object({ image: sha256, label: sha256.optional() }),
  files: z.object({ image: z.string(), label: z.string().optional() }).optional(),
  psnr: z.number().nullable(),
  ssim: z.number().nullable(),
  intensity: z.object({ before: statistics, after: statistics }),
});

/** The version that is written, and the older one that is read as well. */
const CURRENT = "tandem-artifact-suite/2", OLDER = "tandem-artifact-suite/1";

/** The manifest of a suite. */
export const suiteManifestSchema = z.object({
  schema: z.literal(CURRENT, { error: `Wanted ${CURRENT} or ${OLDER}` }),
  suite: z.string(),
  suiteVersion: z.int(),
  madeBy: z.string(),
  seed: z.int().min(0),
  repeats: z.int().min(1),
  origin: suiteOriginSchema.optional(),
  layout: z.string().optional(),
  volumes: z.array(suiteEntrySchema),
});

/** See {@linkcode suiteOriginSchema}. */
export type SuiteOrigin = {
  kind: "dataset";
  /** The folder, absolute. */
  path: string;
  /** How it lies there. */
  layout: string;
} | {
  kind: "phantom";
  site: string;
  /** Subjects that the site has. */
  subjects: number;
  seed: number;
  /** Those that are used. */
  only: string[];
};
/** See {@linkcode suiteEntrySchema}. */
export interface SuiteEntry {
  /** The set it belongs to. */
  set: string;
  /** The case it was made from. */
  case: string;
  /** 1 for the first volume of this case in this set. */
  repeat: number;
  /** What is done before and after the steps. */
  preparation: "none" | "chen2021";
  /** What is done, in order. */
  steps: {
    mode: ArtifactMode;
    artifact: string;
    params: unknown;
  }[];
  /** Hashes of the clean volume, and of whatever else the steps read. */
  input: {
    image: string;
    label?: string | undefined;
    otherFrame?: string | undefined;
  };
  /** Hashes of what was made. */
  output: {
    image: string;
    label?: string | undefined;
  };
  /** dB against the clean volume after the same preparation; null where equal or not comparable. */
  psnr: number | null;
  /** Structural similarity against the same; null where it cannot be computed. */
  ssim: number | null;
  /** Intensities before and after; nothing is rescaled or clipped in silence. */
  intensity: {
    before: {
      min: number;
      mean: number;
      max: number;
    };
    after: {
      min: number;
      mean: number;
      max: number;
    };
  };
  /** Which channel of the case, from 0; left out for the first. */
  channel?: number | undefined;
  /** 1 to 5, where the set has one. */
  severity?: number | undefined;
  /** Paths from the manifest's folder, where the suite was written to files. */
  files?: {
    image: string;
    label?: string | undefined;
  } | undefined;
}

/** See {@linkcode suiteManifestSchema}. */
export interface SuiteManifest {
  /** The format of the manifest, with its version. */
  schema: "tandem-artifact-suite/2";
  /** Name of the suite. */
  suite: string;
  /** The suite's own version. */
  suiteVersion: number;
  /** The version of the program that made it. */
  madeBy: string;
  /** Seed of all draws, a whole number from 0. */
  seed: number;
  /** Volumes of each case and set. */
  repeats: number;
  /** Every volume of the suite, with what was done to it. */
  volumes: SuiteEntry[];
  /** Left out for volumes that came from elsewhere than a data set or the phantom. */
  origin?: SuiteOrigin | undefined;
  /** The layout that the sets were written in, where one was chosen; else it is the origin's. */
  layout?: string | undefined;
}

/** A manifest that cannot be used, or a volume that is not the one it tells of. */
export class SuiteManifestError extends Error {
  /** Its class by name. */
  override readonly name = "SuiteManifestError";
}

/**
 * Reads a manifest, older ones as well.
 *
 * @param text The file's text.
 * @param name The file's name, for the message.
 * @throws {SuiteManifestError} If it is no JSON or no manifest; the text names the place. If it is of
 * another version; the text names both.
 */
export function parseSuiteManifest(text: string, name: string): SuiteManifest {
  const schema = z.preprocess(upgraded, suiteManifestSchema);
  return parseJson(text, schema, name, SuiteManifestError);
}

/** An older manifest's value as one of today: it called another frame another phase. */
function upgraded(value: unknown): unknown {
  const older = olderSchema.safeParse(value);
  if (!older.success) return value;
  const volumes = older.data.volumes.map(({ input: { otherPhase, ...input }, ...entry }) => ({
    ...entry,
    input: otherPhase === undefined ? input : { ...input, otherFrame: otherPhase },
  }));
  return { ...older.data, schema: CURRENT, volumes };
}

const olderSchema = z.looseObject({
  schema: z.literal(OLDER),
  volumes: z.array(z.looseObject({ input: z.looseObject({ otherPhase: z.unknown().optional() }) })),
});
