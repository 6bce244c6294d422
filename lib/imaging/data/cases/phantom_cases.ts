import type { SiteName } from "../../../names.ts";
import type { CaseOutline, CaseSource, LoadedCase } from "./case_source.ts";
import { imageOf } from "../../../formats/nifti/nifti_image.ts";
import { sampleSubject } from "../../phantom/generate_subject.ts";
import { renderFrame } from "../../phantom/render_frame.ts";
import { storedGrid } from "../../phantom/storage.ts";

/**
 * Subjects of the phantom as cases: two frames, ED and ES, of each. Nothing is made before `load`,
 * which takes about a tenth of a second and gives the same voxels each time.
 *
 * @param site The site that scans them; their domain is `site A` to `site E`.
 * @param count Number of subjects, from 0.
 * @param seed The seed of the data set, a whole number from 0.
 * @param first The number of the first subject, to take others than an earlier call gave.
 * @throws {RangeError} If the site does not exist or a number is not whole or below 0.
 *
 * @example
 * ```ts
 * import { phantomCases } from "./phantom_cases.ts";
 *
 * const names = phantomCases("A", 2, 7).map((source) => source.id);
 * if (names.join() !== "A000_ED,A000_ES,A001_ED,A001_ES") throw new Error(names.join());
 * ```
 */
export function phantomCases(
  site: SiteName,
  count: number,
  seed: number,
  first = 0,
): CaseSource[] {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(
      `Cannot make phantom cases: count is ${count}, wanted a whole number from 0`,
    );
  }
  const cases: CaseSource[] = [];
  for (let index = first; index < first + count; index++) {
    const { subject, anatomy, acquisition } = sampleSubject({ site, index, seed });
    for (const frame of ["ED", "ES"] as const) {
      cases.push({
        id: `${subject}_${frame}`,
        subject,
        frame,
        domain: `site ${site}`,
        outline(): Promise<CaseOutline> {
          const { shape, affine } = storedGrid(acquisition);
          return Promise.resolve({ shape, affine, warnings: [] });
        },
        load(): Promise<LoadedCase> {
          const { image, label } = renderFrame(anatomy, acquisition, frame);
          return Promise.resolve({
            images: [imageOf(image, `phantom ${subject} ${frame}`)],
            label,
          });
        },
      });
    }
  }
  return cases;
}
