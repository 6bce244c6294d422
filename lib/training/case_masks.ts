import { DatasetError } from "../data/dataset_error.ts";
import type { PreparedCase } from "../data/prepare_case.ts";
import type { MaskGrid } from "../metrics/surface_distances.ts";
import { spacingOf } from "../volume/volume.ts";
import { type ByNetwork, mapNetworks } from "./by_network.ts";
import { segmentStack } from "./segment_case.ts";
import type { Stepper } from "./stepper.ts";

/** Where predictions are compared: in the file's own voxels, or on the network's cropped grid. */
export type EvaluationGrid = "native" | "network";

/** The masks of a volume, all on one grid: the truth, and one a network. */
export interface CaseMasks extends ByNetwork<Uint8Array> {
  /** True class of each voxel. */
  readonly truth: Uint8Array;
  readonly grid: MaskGrid;
}

/**
 * Segments a prepared volume with every network.
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
  const segmented = segmentStack(stepper, prepared, chunk);
  const onGrid = (labels: Uint8Array) =>
    grid === "network" ? labels : prepared.restore(labels).data;
  const masks = mapNetworks(segmented, onGrid);
  if (grid === "network") {
    const spacing = spacingOf(way.fine.affine);
    return { truth, ...masks, grid: { shape: [size, size, slices], spacing } };
  }
  const { shape, affine } = reference.image.volume;
  return { truth, ...masks, grid: { shape, spacing: spacingOf(affine) } };
}
