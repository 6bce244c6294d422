/** Whose an image is, where no list says it: told from the names of files and folders. */

/** A guess from names. */
export interface GuessedSubject {
  readonly subject: string;
  /** What tells the subject's images apart, as "ED" or "frame01"; "1" where there is nothing. */
  readonly frame: string;
  /** Subject and frame, or the subject alone where it has one image without a frame. */
  readonly id: string;
}

/**
 * The last part of a name that tells images of one subject apart: a frame, a session, a visit. A
 * plain number is none: it mostly counts subjects.
 */
const FRAME = new RegExp(
  "[_. -](" +
    "(?:frame|fr|phase|ph|timepoint|time|tp|t|visit|v|session|ses|scan|run|day|week|month|year|" +
    "repeat|rep|echo)[-_]?\\d+" +
    "|(?:ses|run|echo|acq|dir|rec)-[a-z0-9]+" +
    "|ed|es|baseline|followup|pre|post)$",
  "i",
);

/**
 * Guesses subjects and frames. Images whose names differ in a frame alone (`patient001_frame01`,
 * `patient001_frame12`) are of one subject. Where the same file names occur in several folders
 * (`P1/ED.nii.gz`, `P2/ED.nii.gz`), the images of a folder are of one subject.
 *
 * @param paths Of images, relative to the data set, with forward slashes, with or without ending.
 *
 * @example
 * ```ts
 * import { guessSubjects } from "./guess_subjects.ts";
 *
 * const [first] = guessSubjects(["p01_ED.nii.gz", "p01_ES.nii.gz", "p02_ED.nii.gz"]);
 * if (first?.subject !== "p01" || first.frame !== "ED") throw new Error();
 * ```
 */
export function guessSubjects(paths: readonly string[]): GuessedSubject[] {
  const parts = paths.map((path) => path.replace(/\.nii(\.gz)?$/i, "").split("/"));
  let stems = parts.map((segments) => segments.at(-1)!);
  // nnU-Net's number of the first channel.
  if (stems.every((stem) => stem.endsWith("_0000"))) stems = stems.map((stem) => stem.slice(0, -5));
  const byFolder = new Set(stems).size < stems.length;
  const folders = byFolder ? tellingSegments(parts.map((segments) => segments.slice(0, -1))) : [];
  const guesses = stems.map((stem, n) => {
    const whole = stem.match(/^(sub-[a-z0-9]+)(?:_(.+))?$/i);
    if (!byFolder) {
      return whole ? { subject: whole[1]!, frames: entities(whole[2]) } : splitFrame(stem);
    }
    const { subject, frames } = splitFrame(folders[n]!);
    return { subject, frames, stem };
  });
  const bySubject = Map.groupBy(guesses, ({ subject }) => subject);
  return guesses.map((guess) => {
    const many = bySubject.get(guess.subject)!.length > 1;
    // The file's name tells frames apart only where the folders of a subject do not.
    const own = "stem" in guess && many ? [...guess.frames, guess.stem] : guess.frames;
    const frame = own.join("_");
    const { subject } = guess;
    return frame === ""
      ? { subject, frame: "1", id: subject }
      : { subject, frame, id: `${subject}_${frame}` };
  });
}

/** What was guessed, for a person, with what says otherwise. */
export function guessNotice(guesses: readonly GuessedSubject[], remedy: string): string {
  const subjects = new Set(guesses.map(({ subject }) => subject)).size;
  const what = subjects === guesses.length
    ? "each image is a subject of its own"
    : "images of one stem, or of one folder, are one subject";
  return `nothing says whose an image is: ${what}: ${guesses.length} images of ${subjects} ` +
    `subjects (${remedy})`;
}

function splitFrame(name: string): { subject: string; frames: string[] } {
  const frames: string[] = [];
  let subject = name;
  for (let match = FRAME.exec(subject); match !== null; match = FRAME.exec(subject)) {
    if (match.index === 0) break;
    frames.unshift(match[1]!);
    subject = subject.slice(0, match.index);
  }
  return { subject, frames };
}

/** The entities of a BIDS name but its subject; its suffix is left out. */
function entities(rest = ""): string[] {
  return rest.split("_").filter((part) => part.includes("-"));
}

/** For each folder its segments that are not those of all folders, or all of them. */
function tellingSegments(folders: readonly string[][]): string[] {
  const depth = Math.max(...folders.map((segments) => segments.length));
  const telling = Array.from({ length: depth }, (_, d) => d)
    .filter((d) => folders.some((segments) => segments[d] !== folders[0]![d]));
  return folders.map((segments) =>
    telling.map((d) => segments[d]).filter((name) => name !== undefined).join("_") ||
    segments.at(-1) || "1"
  );
}
