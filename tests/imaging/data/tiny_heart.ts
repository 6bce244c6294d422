/** A tiny short-axis volume with all classes, and how the tests write it to a folder. */
import { toCodes } from "../../../lib/base/task/label_codes.ts";
import type { Task } from "../../../lib/base/task/task.ts";
import { MNMS_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import type { CaseSource } from "../../../lib/imaging/data/cases/case_source.ts";
import { imageOf, withVoxels } from "../../../lib/formats/nifti/nifti_image.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import type { Affine } from "../../../lib/base/volume/volume.ts";

/** An oblique short-axis affine, 2 x 2 x 8 mm. */
export const OBLIQUE: Affine = [
  ...[-1.732, -0.5, 3.464, 100],
  ...[0, -1.732, -4, 100],
  ...[1, -0.866, 6, -80],
  ...[0, 0, 0, 1],
];

/** Rings of LV and MYO, an RV beside them, in 24 x 20 voxels; slice 0 of 3 has no foreground. */
export function tinyHeart(affine: Affine = OBLIQUE, id = "heart") {
  const shape = [24, 20, 3] as const;
  const labels = new Uint8Array(24 * 20 * 3);
  const voxels = new Float32Array(labels.length);
  for (let n = 0; n < labels.length; n++) {
    const [i, j, k] = [n % 24, Math.floor(n / 24) % 20, Math.floor(n / 480)];
    const r = Math.hypot(i - 13, j - 11);
    const rv = Math.hypot(i - 8, j - 7);
    labels[n] = k === 0 ? 0 : r < 3 ? 1 : r < 5 ? 2 : rv < 4 ? 3 : 0;
    voxels[n] = 100 * [1, 9, 3, 8][labels[n]!]! + i + 2 * j;
  }
  const image = imageOf({ data: voxels, shape, affine });
  const label = { data: labels, shape, affine };
  const source: CaseSource = {
    id: `${id}_ED`,
    subject: id,
    frame: "ED",
    domain: "test",
    outline: () => Promise.resolve({ shape, affine, warnings: image.warnings }),
    load: () => Promise.resolve({ images: [image], label }),
  };
  return { image, label, source };
}

/** Writes the heart as `name.nii.gz` and its label as `name_gt.nii.gz`. */
export async function writeHeart(
  folder: string,
  name: string,
  task: Task = MNMS_TASK,
): Promise<void> {
  const { image, label } = tinyHeart();
  await Deno.mkdir(folder, { recursive: true });
  await writeNifti(`${folder}/${name}.nii.gz`, image);
  const coded = withVoxels(image, toCodes(label.data, task));
  await writeNifti(`${folder}/${name}_gt.nii.gz`, coded);
}

/** Runs in a new folder that is removed afterwards. */
export async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
