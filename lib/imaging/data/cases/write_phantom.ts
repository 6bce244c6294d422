import { MOST_PHANTOM_SUBJECTS, type SiteName } from "../../../names.ts";
import { dirname, join } from "../../../base/deps/std.ts";
import { checkOutputs } from "../../../formats/files/check_outputs.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import { makeFolder } from "../../../formats/files/make_folder.ts";
import { imageOf } from "../../../formats/nifti/nifti_image.ts";
import { writeNifti } from "../../../formats/nifti/write_nifti.ts";
import { generateSubject } from "../../phantom/generate_subject.ts";
import { entriesIfPresent } from "../layouts/folder_entries.ts";
import { SITES } from "../../phantom/sites.ts";

/** What to write. */
export interface WritePhantomOptions {
  /** The sites, each of which gets a folder. */
  readonly sites: readonly SiteName[];
  /** Number of subjects a site, 1 to 1000. */
  readonly subjects: number;
  /** The seed of the data set, a whole number from 0. */
  readonly seed: number;
  /** Replace an earlier phantom: its files go, those of other makers stay. */
  readonly overwrite?: boolean;
  /** Called after each subject with the number written and the number wanted. */
  readonly onSubject?: (done: number, total: number) => void;
}

/**
 * Writes phantom subjects as NIfTI files, one folder a site, each in the layout `mnms`:
 * `A/A000/A000_sa_ED.nii.gz` with its label in `A000_sa_ED_gt.nii.gz`, the same for ES, and the
 * numbers that the subject was made of in `A000.json`. Each site's folder has a README.txt.
 *
 * @param directory Where to write; made where it does not exist.
 * @returns The sites' folders.
 * @throws {RangeError} If a site does not exist or a number is out of range.
 * @throws {OutputPathError} Before anything is written, if a site's folder holds a phantom or a file
 * of the same name and `overwrite` is not set.
 * @throws {NiftiError} "write" if an image cannot be written.
 * @throws {WriteError} If a text cannot be written.
 */
export async function writePhantom(
  directory: string,
  { sites, subjects, seed, overwrite = false, onSubject }: WritePhantomOptions,
): Promise<string[]> {
  if (!Number.isSafeInteger(subjects) || subjects < 1 || subjects > MOST_PHANTOM_SUBJECTS) {
    throw new RangeError(
      `Cannot write the phantom: subjects is ${subjects}, wanted a whole number from 1 to ` +
        MOST_PHANTOM_SUBJECTS,
    );
  }
  await clear(sites.map((site) => join(directory, site)), overwrite);
  const folders: string[] = [];
  let done = 0;
  for (const site of sites) {
    const folder = join(directory, site);
    for (let index = 0; index < subjects; index++) {
      const made = generateSubject({ site, index, seed });
      const { subject, anatomy, acquisition, frames } = made;
      const at = join(folder, subject);
      await makeFolder(at);
      // first, since by it another time tells whose the images are
      const numbers = { subject, site, index, seed, anatomy, acquisition };
      await writeAtomically(join(at, `${subject}.json`), JSON.stringify(numbers, null, 2) + "\n");
      for (const frame of ["ED", "ES"] as const) {
        const name = join(at, `${subject}_sa_${frame}`);
        const text = `phantom ${subject} ${frame}`;
        await writeNifti(`${name}.nii.gz`, imageOf(frames[frame].image, text));
        await writeNifti(`${name}_gt.nii.gz`, imageOf(frames[frame].label, `${text} label`));
      }
      onSubject?.(++done, sites.length * subjects);
    }
    await writeAtomically(join(folder, "README.txt"), readme(site, subjects, seed));
    folders.push(folder);
  }
  return folders;
}

/** Names of the files of a subject. */
function filesOf(subject: string): string[] {
  const frames = ["ED", "ES"].map((frame) => `${subject}_sa_${frame}`);
  const images = frames.flatMap((name) => [`${name}.nii.gz`, `${name}_gt.nii.gz`]);
  return [...images, `${subject}.json`];
}

/**
 * Makes room: refuses what is there already, or removes what an earlier phantom wrote, so that a
 * folder never holds subjects of two.
 */
async function clear(folders: readonly string[], overwrite: boolean): Promise<void> {
  const found: string[] = [];
  for (const folder of folders) {
    const { folders: subjects } = await entriesIfPresent(folder);
    for (const subject of subjects) {
      const { files } = await entriesIfPresent(join(folder, subject));
      const own = filesOf(subject).filter((file) => files.includes(file));
      // a real data set has no such record of numbers
      if (own.includes(`${subject}.json`)) {
        found.push(...own.map((file) => join(folder, subject, file)));
      }
    }
  }
  const notes = folders.map((folder) => join(folder, "README.txt"));
  await checkOutputs({ outputs: [...found, ...notes], inputs: [], overwrite });
  for (const path of found) await Deno.remove(path);
  // only those that are empty by now
  for (const folder of new Set(found.map(dirname))) await Deno.remove(folder).catch(() => {});
}

function readme(site: SiteName, subjects: number, seed: number): string {
  const { description, pixelMm, sliceMm, storage } = SITES[site];
  return `Synthetic short-axis cine MR of the heart, site ${site}: ${description}.

No patient was imaged: these files were computed by Tandem's phantom (seed ${seed}).

Number of subjects: ${subjects}, each with end diastole (ED) and end systole (ES), in the folder layout "mnms":
  CODE/CODE_sa_ED.nii.gz     image, int16
  CODE/CODE_sa_ED_gt.nii.gz  label: 0 background, 1 left ventricle (papillary muscles included),
                             2 myocardium, 3 right ventricle
  CODE/CODE.json             the numbers that the subject was made of

Pixels of ${pixelMm[0]} to ${pixelMm[1]} mm, slices every ${
    sliceMm.join(" or ")
  } mm from apex to base,
stored along ${storage}.
`;
}
