import { NETWORKS } from "../../../names.ts";
import type { Evaluation } from "../../../formats/run_folder/evaluation.ts";
import { calibrationOver } from "../../../learning/evaluation/case_calibration.ts";
import type { CalibrationCell, Column } from "./study_summary.ts";

/**
 * How sure one method's networks are and how often right, by network and column: over the voxels of all
 * volumes of its sets, and of all replicates. Nothing where no probabilities were looked at.
 */
export function calibrationCells(
  { method, trainingSubjects, results }: {
    readonly method: string;
    readonly trainingSubjects: number | null;
    readonly results: readonly { readonly evaluation: Pick<Evaluation, "sets"> }[];
  },
  columns: readonly Column[],
): CalibrationCell[] {
  return NETWORKS.flatMap((network) =>
    columns.flatMap(({ name, sets }) => {
      const taken = results.flatMap(({ evaluation }) =>
        sets.flatMap((set) => evaluation.sets[set]?.calibration?.[network] ?? [])
      );
      if (taken.length === 0) return [];
      return [{
        ...{ method, trainingSubjects, network, column: name },
        ...calibrationOver(taken),
      }];
    })
  );
}
