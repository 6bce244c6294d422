import { DatasetError } from "../data/dataset_error.ts";
import type { PreparedCase } from "../data/prepare_case.ts";
import type { MaskGrid } from "../metrics/surface_distances.ts";
import { spacingOf } from "../volume/volume.ts";
import { type Network, segmentStack } from "./segment_case.ts";
import type { Stepper } from "./stepper.ts";

/** Where predictions are compared: in the file's own voxels, or on the network's cropped grid. */
export type EvaluationGrid = "native" | "network";

/** The masks of a volume, all on one grid. */
export interface CaseMasks extends Record<Network, Uint8Array> {
  /** True class of each voxel. */
  readonly truth: Uint8Array;
  readonly grid: MaskGrid;
}

/**
 * Segments a prepared volume with both networks.
 *
 * @param chunk Slices at a time, at least 1.
 * @throws {DatasetError} If it has no label.
 */
export function segmentCase(
  stepper: Pick<Stepper, "segment">,
  prepared: PreparedCase,
  grid: EvaluationGrid,
  chunk: number,
): CaseMasks {
  const { reference, size, slices, way } = prepared;
  const truth = grid === "native" ? reference.label?.data : prepared.labels;
  if (truth === undefined) {
    throw new DatasetError(`Cannot evaluate ${prepared.id}: it has no label`);
  }
  const { ftn, stn } = segmentStack(stepper, prepared, chunk);
  if (grid === "network") {
    const spacing = spacingOf(way.fine.affine);
    return { truth, ftn, stn, grid: { shape: [size, size, slices], spacing } };
  }
  const { shape, affine } = reference.image.volume;
  return {
    truth,
    ftn: prepared.restore(ftn).data,
    stn: prepared.restore(stn).data,
    grid: { shape, spacing: spacingOf(affine) },
  };
}
