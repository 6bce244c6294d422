/** A label map that lies beside the volume of an artifact. */
import type { ArtifactContext } from "../../imaging/artifacts/artifact.ts";
import { contextOfRoles } from "../../imaging/artifacts/context_of_roles.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { LabelCodeError, toClasses } from "../../base/task/label_codes.ts";
import { LAYOUTS } from "../../imaging/data/cases/open_dataset.ts";
import { imageOf, type NiftiImage } from "../../formats/nifti/nifti_image.ts";
import { cornerDistance, determinantOf } from "../../base/volume/affine.ts";
import { reorderOnto } from "../../base/volume/reorder_onto.ts";
import { spacingOf, type Volume, type Voxels } from "../../base/volume/volume.ts";
import { readVolume } from "./read_volume.ts";

/** The layouts that say by themselves what codes are. */
export const LABEL_LAYOUTS = ["acdc", "mnms"] as const;

/** What the codes of a lone label map are: those of a layout, or the codes of each role. */
export type LabelMeaning =
  | { readonly layout: "acdc" | "mnms" }
  | { readonly roles: Readonly<Record<string, readonly number[]>> };

/** Image and label may lie this share of the smallest voxel side apart, at the corners. */
const PLACE_TOLERANCE = 0.1;

/**
 * The label map on the grid of its volume, its voxels reordered where they are stored in another
 * order.
 *
 * @param volumePath The volume's file, for the message.
 * @param onNote Is told where the voxels were reordered.
 * @throws {DatasetError} If there is no such file, or it shows other places than the volume.
 */
export async function readLabel(
  path: string,
  volume: Volume,
  volumePath: string,
  onNote: (note: string) => void,
): Promise<NiftiImage> {
  const label = await readVolume(path), { shape, affine } = label.volume;
  const distance = shape.join() === volume.shape.join()
    ? cornerDistance(affine, volume.affine, volume.shape)
    : Infinity;
  if (distance <= PLACE_TOLERANCE * Math.min(...spacingOf(volume.affine))) return label;
  const reordered = determinantOf(affine) === 0 ? undefined : reorderOnto(label.volume, volume);
  if (reordered) {
    onNote(`${path} stores its voxels in another order than ${volumePath}; they were reordered`);
    const own = imageOf(reordered, label.header.description);
    return { ...own, header: { ...own.header, datatype: label.header.datatype } };
  }
  const place = distance === Infinity
    ? `its shape is ${shape.join(" x ")}, that of the volume is ${volume.shape.join(" x ")}`
    : `its affine puts it up to ${distance.toFixed(2)} mm from the volume`;
  throw new DatasetError(
    `Cannot use ${path}: ${place} (${volumePath}); resample it onto the volume first`,
  );
}

/**
 * The context of an artifact that reads the label map.
 *
 * @param path The label's file, for the message.
 * @param onNote Is told of roles that no voxel has.
 * @throws {DatasetError} If a value is none of a layout's codes, or no code at all.
 */
export function contextOf(
  label: Volume<Voxels>,
  meaning: LabelMeaning,
  path: string,
  onNote: (note: string) => void,
): ArtifactContext {
  if ("layout" in meaning) {
    const task = LAYOUTS[meaning.layout].reading!.task!;
    try {
      return {
        label: { ...label, data: toClasses(label.data, task, path) },
        labels: task.labels,
      };
    } catch (cause) {
      if (!(cause instanceof LabelCodeError)) throw cause;
      throw new DatasetError(cause.message, { cause });
    }
  }
  try {
    const context = contextOfRoles(label, meaning.roles), held = new Set(context.label!.data);
    Object.entries(meaning.roles).forEach(([role, codes], n) => {
      if (!held.has(n + 1)) onNote(`no voxel of ${path} is ${role} (${codes.join(", ")})`);
    });
    return context;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DatasetError(`Cannot use ${path}: ${cause.message}`, { cause });
  }
}
