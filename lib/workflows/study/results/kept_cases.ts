/** The pictures that a study keeps of each run: the slices a person should look at. */
import { greysOf } from "../../../base/report/grey.ts";
import type { CaseSource } from "../../../imaging/data/cases/case_source.ts";
import type { EvaluableCase } from "../../../learning/evaluation/segment_case.ts";
import { z } from "../../../base/deps/zod.ts";
import { exists } from "../../../formats/files/exists.ts";
import { readJson } from "../../../formats/files/read_json.ts";
import { StudyError } from "../plan/study_error.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import type { CaseEvaluation, Evaluation } from "../../../formats/run_folder/evaluation.ts";
import type { Segmenter } from "../../../learning/models/segmenter.ts";

const pickSchema = z.object({
  role: z.enum(["best", "median", "worst"]),
  set: z.string(),
  id: z.string(),
  dice: z.object({ ftn: z.number(), stn: z.number().exactOptional() }).readonly(),
});

const caseSchema = pickSchema.extend({
  slice: z.int().min(0),
  slices: z.int().min(1),
  height: z.int().min(1),
  width: z.int().min(1),
  image: z.base64(),
  label: z.base64(),
  ftn: z.base64(),
  stn: z.base64().exactOptional(),
}).readonly();

/** The version of `cases.json`. */
const FORMAT = 2;

const currentSchema = z.object({
  format: z.literal(FORMAT),
  cases: z.array(caseSchema).readonly(),
});

/** Also reads version 1, whose slices were square. */
const fileSchema = z.preprocess((value) => {
  const older = olderSchema.safeParse(value);
  if (!older.success) return value;
  const cases = older.data.cases.map(({ size, ...kept }) => ({
    ...kept,
    height: size,
    width: size,
  }));
  return { format: FORMAT, cases };
}, currentSchema);

const olderSchema = z.object({
  format: z.literal(1),
  cases: z.array(z.looseObject({ size: z.int().min(1) })),
});

/** A volume that was picked for its Dice. */
export interface CasePick {
  /** Where the volume stands among all that the run was tested on. */
  readonly role: "best" | "median" | "worst";
  /** The test set's name. */
  readonly set: string;
  /** The case's id within the set. */
  readonly id: string;
  /** Mean Dice (0-1) of the whole volume. */
  readonly dice: {
    readonly ftn: number;
    readonly stn?: number;
  };
}

/** A slice of a picked volume, as it lies in `cases.json`. Pixels are base64 of uint8, by rows. */
export interface PageCase {
  /** Where the volume stands among all that the run was tested on. */
  readonly role: "best" | "median" | "worst";
  /** The test set's name. */
  readonly set: string;
  /** The case's id within the set. */
  readonly id: string;
  /** Mean Dice (0-1) of the whole volume. */
  readonly dice: {
    readonly ftn: number;
    readonly stn?: number;
  };
  /** The slice with the most foreground, from 0. */
  readonly slice: number;
  /** Slices of the volume. */
  readonly slices: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** Columns, in pixels. */
  readonly width: number;
  /** 0 black to 255 white. */
  readonly image: string;
  /** The truth: classes. */
  readonly label: string;
  /** What the fast-thinking network made of it: classes. */
  readonly ftn: string;
  /** What the slow-thinking network made of it: classes; absent where there is none. */
  readonly stn?: string;
}

/**
 * The best, the median and the worst volume by the fast-thinking network's mean Dice over all sets;
 * where several are equal, the first. None where no volume has a Dice.
 */
export function pickCases(
  { volumes }: { readonly volumes: readonly Pick<CaseEvaluation, "set" | "id" | "ftn" | "stn">[] },
): CasePick[] {
  const scored = volumes.flatMap(({ set, id, ftn, stn }) =>
    ftn.mean === null ? [] : [{ set, id, ftn: ftn.mean, stn: stn?.mean ?? undefined }]
  );
  if (scored.length === 0) return [];
  const ascending = scored.toSorted((a, b) => a.ftn - b.ftn);
  const pick = (role: CasePick["role"], rank: number): CasePick => {
    const { set, id, ftn, stn } = ascending[rank]!;
    return { role, set, id, dice: { ftn, ...(stn !== undefined && { stn }) } };
  };
  const last = ascending.length - 1;
  return [pick("best", last), pick("median", Math.floor(last / 2)), pick("worst", 0)];
}

/**
 * Segments the slice with the most foreground of each picked volume once more, and writes the
 * slices as JSON ({@linkcode PageCase}), atomically.
 *
 * @param path The file, `cases.json` in the run's folder.
 * @param sets The cases by the name of their set, as they were evaluated.
 * @param prepare Gives a case as it was evaluated; a study remembers them.
 * @throws {RangeError} If a picked volume is in none of the sets, or has no label.
 * @throws {WriteError} If the disk refuses.
 */
export async function keepCases(
  path: string,
  evaluation: Pick<Evaluation, "volumes">,
  sets: ReadonlyMap<string, readonly CaseSource[]>,
  prepare: (set: string, source: CaseSource) => Promise<EvaluableCase>,
  segmenter: Pick<Segmenter, "segment">,
): Promise<void> {
  const kept: PageCase[] = [];
  for (const pick of pickCases(evaluation)) {
    const source = sets.get(pick.set)?.find(({ id }) => id === pick.id);
    if (source === undefined) {
      throw new RangeError(`Cannot keep a picture of ${pick.id}: set ${pick.set} does not hold it`);
    }
    kept.push({ ...pick, ...renderSlice(await prepare(pick.set, source), segmenter) });
  }
  await writeAtomically(path, keptCasesText(kept));
}

/** The text of `cases.json`. */
export function keptCasesText(cases: readonly PageCase[]): string {
  return JSON.stringify({ format: FORMAT, cases }) + "\n";
}

/**
 * The slices that {@linkcode keepCases} wrote; none where there is no such file.
 *
 * @throws {StudyError} If the file cannot be read; the message names the key.
 */
export async function readKeptCases(path: string): Promise<readonly PageCase[]> {
  return await exists(path) ? (await readJson(path, fileSchema, StudyError)).cases : [];
}

function renderSlice(
  { id, images, labels, slices, channels, height, width, tile }: EvaluableCase,
  segmenter: Pick<Segmenter, "segment">,
): Omit<PageCase, keyof CasePick> {
  if (labels === undefined) {
    throw new RangeError(`Cannot keep a picture of ${id}: it has no label`);
  }
  const pixels = height * width;
  const slice = fullestSlice(labels, slices, pixels);
  const [from, to] = [slice * pixels, (slice + 1) * pixels];
  const stack = images.slice(channels * from, channels * to);
  const { ftn, stn } = segmenter.segment({
    images: stack,
    slices: 1,
    ...{ channels, height, width, tile },
  });
  return {
    slice,
    slices,
    height,
    width,
    // The first channel is shown.
    image: greysOf(stack.subarray(0, pixels)).toBase64(),
    label: labels.slice(from, to).toBase64(),
    ftn: ftn.toBase64(),
    ...(stn && { stn: stn.toBase64() }),
  };
}

/** The slice with the most pixels that are not background; the first of equals. */
function fullestSlice(labels: Uint8Array, slices: number, pixels: number): number {
  const counts = Array.from(
    { length: slices },
    (_, n) => labels.subarray(n * pixels, (n + 1) * pixels).reduce((sum, v) => sum + +(v > 0), 0),
  );
  return counts.indexOf(Math.max(...counts));
}
