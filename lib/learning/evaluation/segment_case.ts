import { IGNORED } from "../../base/task/task.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import type { EvaluationGrid } from "../../formats/run_folder/evaluation.ts";
import type { Calibration } from "../../imaging/metrics/calibration.ts";
import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { type MaskGrid, maskGrid } from "../../imaging/metrics/surface_distances.ts";
import { type ByNetwork, mapNetworks } from "../models/by_network.ts";
import { segmentInTurns } from "../models/segment_in_turns.ts";
import type { Segmenter } from "../models/segmenter.ts";
import { caseCalibration } from "./case_calibration.ts";

/** The masks of a volume, all on one grid: the truth, and one a network. */
export interface CaseMasks extends ByNetwork<Uint8Array> {
  /** True class of each voxel, or `IGNORED`, x fastest, of `grid.shape`; so are all masks. */
  readonly truth: Uint8Array;
  readonly grid: MaskGrid;
  /** After 1, 2, … passes of the slow-thinking network, where more than one was asked for. */
  readonly passes?: readonly Uint8Array[];
  /** Mean entropy of the fast-thinking network's class probabilities over all prepared pixels, nats. */
  readonly entropy: number;
  /** Mean squared difference of reconstruction and prepared image (0-1); absent where there is none. */
  readonly reconstructionError?: number;
  /** How sure each network is, and how often right, where that was asked for. */
  readonly calibration?: ByNetwork<Calibration>;
}

/** A prepared case, without what only training needs of it. */
export type EvaluableCase = Omit<PreparedCase, "field">;

/**
 * Segments a prepared volume with every network; the event loop has a turn now and then.
 *
 * @param grid Where the masks are to lie; by `native` the network's are brought back to the file.
 * @param refinements Times that the slow-thinking network is applied, 1 or more.
 * @param calibrate Whether the calibration is wanted.
 * @throws {DatasetError} If it has no label.
 */
export async function segmentCase(
  segmenter: Pick<Segmenter, "segment" | "atOnce">,
  prepared: EvaluableCase,
  grid: EvaluationGrid,
  refinements = 1,
  calibrate = false,
): Promise<CaseMasks> {
  const { reference, height, width, slices, way } = prepared;
  const truth = grid === "native" ? reference.label?.data : prepared.labels;
  if (truth === undefined) {
    throw new DatasetError(`Cannot evaluate ${prepared.id}: it has no label`);
  }
  const segmented = await segmentInTurns(segmenter, prepared, {
    ...{ refinements, entropy: true, reconstruction: true },
    ...calibrate && { probabilities: true },
  });
  const ignores = truth.includes(IGNORED);
  const onGrid = (labels: Uint8Array) => {
    const mask = grid === "network" ? labels : prepared.restore(labels).data;
    // What nobody labelled is neither right nor wrong.
    return ignores ? mask.map((label, n) => truth[n] === IGNORED ? IGNORED : label) : mask;
  };
  const { passes, reconstruction, entropy, probabilities } = segmented;
  const found = {
    truth,
    ...mapNetworks(segmented, onGrid),
    ...(passes && { passes: passes.map(onGrid) }),
    entropy: entropy!.reduce((sum, value) => sum + value, 0) / slices,
    ...(reconstruction && {
      reconstructionError: meanSquaredDifference(reconstruction, prepared.images),
    }),
    ...(probabilities && {
      calibration: mapNetworks(
        probabilities,
        (likely) => caseCalibration(likely, prepared, grid, truth),
      ),
    }),
  };
  if (grid === "network") {
    return { ...found, grid: maskGrid([width, height, slices], way.fine.affine) };
  }
  const { shape, affine } = reference.image.volume;
  return { ...found, grid: maskGrid(shape, affine) };
}

function meanSquaredDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, n) => sum + (value - b[n]!) ** 2, 0) / a.length;
}
