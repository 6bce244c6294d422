/** Makes a whole subject of a site. */
import type { SiteName } from "../../names.ts";
import { RandomStream } from "../../base/random/random_stream.ts";
import { type Acquisition, sampleAcquisition } from "./acquisition.ts";
import { type Anatomy, sampleAnatomy } from "./anatomy.ts";
import { type PhantomFrame, renderFrame } from "./render_frame.ts";

/** Which subject to make. */
export interface SubjectOptions {
  /** The site that scans it. */
  readonly site: SiteName;
  /** The subject's number at the site, from 0. */
  readonly index: number;
  /** The seed of the whole data set, a whole number from 0. */
  readonly seed: number;
}

/** A subject with its two frames and the numbers they were made of. */
export interface Subject {
  /** The subject's name, such as `A007`. */
  readonly subject: string;
  /** The site that scanned it. */
  readonly site: SiteName;
  /** The body. */
  readonly anatomy: Anatomy;
  /** The scan's settings. */
  readonly acquisition: Acquisition;
  /** End diastole and end systole. */
  readonly frames: { readonly ED: PhantomFrame; readonly ES: PhantomFrame };
}

/**
 * The numbers that a subject is made of; much faster than the subject itself.
 *
 * @throws {RangeError} If the site does not exist, or the index or seed is no whole number from 0.
 */
export function sampleSubject(
  { site, index, seed }: SubjectOptions,
): Pick<Subject, "subject" | "site" | "anatomy" | "acquisition"> {
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new RangeError(
      `Cannot make a subject of the phantom: index is ${index}, wanted a whole number from 0`,
    );
  }
  const rng = RandomStream.fromSeed(seed).stream("phantom", site, index);
  const anatomy = sampleAnatomy(rng.stream("anatomy"));
  const acquisition = sampleAcquisition(site, rng.stream("acquisition"), anatomy.left.lengthMm);
  return { subject: `${site}${String(index).padStart(3, "0")}`, site, anatomy, acquisition };
}

/**
 * Makes a subject: a body, a scan of it, and both frames. The same options give the same voxels.
 *
 * @throws {RangeError} If the site does not exist, or the index or seed is no whole number from 0.
 *
 * @example A subject of site A
 * ```ts
 * import { generateSubject } from "./generate_subject.ts";
 *
 * const { subject, frames } = generateSubject({ site: "A", index: 0, seed: 1 });
 * if (subject !== "A000") throw new Error("unexpected name");
 * if (frames.ED.label.data.length !== frames.ED.image.data.length) throw new Error("sizes differ");
 * ```
 */
export function generateSubject(options: SubjectOptions): Subject {
  const sampled = sampleSubject(options);
  const { anatomy, acquisition } = sampled;
  return {
    ...sampled,
    frames: {
      ED: renderFrame(anatomy, acquisition, "ED"),
      ES: renderFrame(anatomy, acquisition, "ES"),
    },
  };
}
