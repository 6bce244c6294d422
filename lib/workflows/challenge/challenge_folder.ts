/** What lies in the folder of a challenge, and what it was asked for. */
import { ConfigError } from "../../base/config/config_error.ts";
import { join } from "../../base/deps/std.ts";
import { z } from "../../base/deps/zod.ts";
import { exists } from "../../formats/files/exists.ts";
import { readJson } from "../../formats/files/read_json.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { type SuiteOrigin, suiteOriginSchema } from "../../imaging/artifacts/suites/manifest.ts";
import { SUITE_NAMES, type SuiteName } from "../../names.ts";
import { ChallengeError } from "./challenge_error.ts";

/** Version of the file. */
const FORMAT = "tandem-challenge/1";

const askedSchema = z.strictObject({
  suite: z.enum(SUITE_NAMES),
  severity: z.int().min(1).max(5).nullable(),
  repeats: z.int().min(1).nullable(),
  seed: z.int().min(0),
  origin: suiteOriginSchema,
});

/** The schema of `challenge.json`. */
export const challengeSchema: z.ZodType<ChallengeFile> = z
  .strictObject({
    format: z.literal(FORMAT),
    asked: askedSchema,
    models: z.array(z.strictObject({
      name: z.string().regex(/^\w[\w.-]*$/, "Wanted letters, digits, '_', '-' and '.'"),
      source: z.string(),
      identity: z.string(),
    })),
    scoring: z.string(),
  });

/** What the test sets are made of. */
export interface ChallengeAsked {
  /** The suite of corrupted test sets. */
  suite: SuiteName;
  /** The only severity; null: all. */
  severity: number | null;
  /** Volumes a case and set; null: the suite's own number. */
  repeats: number | null;
  /** Seed of the suite's draws, 0 or more. */
  seed: number;
  /** Where the clean volumes come from. */
  origin: SuiteOrigin;
}

/** A model that has taken part. */
export interface ChallengeEntrant {
  /** By which tables and folders tell it apart: letters, digits, `_`, `-` and `.`. */
  name: string;
  /** What it is, told in tables: a file, a folder, or a command. */
  source: string;
  /** What tells it from another one of the name: of a file, a hash of its bytes. */
  identity: string;
}

/** `challenge.json`, less its version. */
export interface ChallengeState {
  /** What the test sets are made of. */
  asked: ChallengeAsked;
  /** Models in the order in which they came; the first is what the others are tested against. */
  models: ChallengeEntrant[];
  /** How predictions were scored, as JSON. */
  scoring: string;
}

/** `challenge.json`. */
export interface ChallengeFile extends ChallengeState {
  /** Version of the file. */
  format: "tandem-challenge/1";
}

/** The places in a challenge's folder. */
export function challengeFolder(dir: string) {
  const suite = join(dir, "suite");
  return {
    dir,
    state: join(dir, "challenge.json"),
    /** The test sets, a folder each, as nnU-Net has them. */
    suite,
    manifest: join(suite, "manifest.json"),
    /** All of their cases. */
    list: join(suite, "cases.json"),
    predictions: (model: string) => join(dir, "predictions", model),
    logs: (model: string) => join(dir, "logs", model),
    scores: (model: string) => join(dir, "scores", model),
    page: join(dir, "index.html"),
    table: (extension: string) => join(dir, `robustness.${extension}`),
  };
}

/** See {@linkcode challengeFolder}. */
export type ChallengeFolder = ReturnType<typeof challengeFolder>;

/**
 * What a folder was asked for before, or undefined where it is new or empty.
 *
 * @throws {ConfigError} If it holds something else, or a challenge of other test sets.
 * @throws {ChallengeError} If `challenge.json` cannot be read.
 */
export async function earlierState(
  { dir, state }: ChallengeFolder,
  asked: ChallengeAsked,
): Promise<ChallengeState | undefined> {
  if (!await exists(state)) {
    const names = await Array.fromAsync(Deno.readDir(dir)).catch(() => []);
    if (names.every(({ name }) => name.startsWith("."))) return undefined;
    throw new ConfigError("output", `Cannot write to ${dir}: it holds other files; take another`);
  }
  const { format: _, ...earlier } = await readJson(state, challengeSchema, ChallengeError);
  for (const key of ["suite", "severity", "repeats", "seed", "origin"] as const) {
    const [was, is] = [earlier.asked[key], asked[key]].map((value) => JSON.stringify(value));
    if (was === is) continue;
    throw new ConfigError(
      key,
      `Cannot go on in ${dir}: its test sets were made with ${key} ${was}, not ${is}; take another ` +
        "folder",
    );
  }
  return earlier;
}

/** Writes `challenge.json`. */
export async function saveState({ state }: ChallengeFolder, value: ChallengeState): Promise<void> {
  await writeAtomically(state, JSON.stringify({ format: FORMAT, ...value }, null, 2) + "\n");
}
