import { NETWORKS } from "../../../names.ts";
import type { CaseEvaluation } from "../../../formats/run_folder/evaluation.ts";
import { meanOf } from "../../../base/stats/mean_of.ts";
import type { JobResult } from "./open_study.ts";
import { uncounted } from "../../../formats/run_folder/counted_labels.ts";
import type { Column, DistanceCell } from "./study_summary.ts";

/**
 * HD95 and ASSD of one method by network and column, as the sets of `evaluation.json` have them: means
 * over labels of means over volumes, here those of all sets of a column and of all replicates.
 * A mask that just one of prediction and label holds counts what its evaluation says, or is left out.
 */
export function distancesOf(
  { method, trainingSubjects, results }: {
    readonly method: string;
    readonly trainingSubjects: number | null;
    readonly results: readonly Pick<JobResult, "evaluation">[];
  },
  columns: readonly Column[],
): DistanceCell[] {
  return NETWORKS.flatMap((network) =>
    columns.flatMap(({ name, sets }) => {
      const masks = results.flatMap(({ evaluation }) =>
        evaluation.volumes.filter(({ set }) => sets.includes(set)).flatMap((volume) =>
          masksOf(volume, network, uncounted(evaluation, volume.set)).map((mask) => ({
            ...mask,
            penalty: evaluation.distancePenaltyMm ?? null,
          }))
        )
      );
      if (masks.length === 0) return [];
      const byLabel = [...Map.groupBy(masks, ({ label }) => label).values()];
      const over = (key: "hd95Mm" | "assdMm") => {
        const means = byLabel.flatMap((own) => {
          const known = own.map((mask) => mask[key] ?? mask.penalty).filter((value) =>
            value !== null
          );
          return known.length === 0 ? [] : [meanOf(known)];
        });
        return means.length === 0 ? null : meanOf(means);
      };
      return [{
        ...{ method, trainingSubjects, network, column: name },
        ...{ hd95Mm: over("hd95Mm"), assdMm: over("assdMm") },
        measured: masks.filter(({ assdMm }) => assdMm !== null).length,
        masks: masks.length,
      }];
    })
  );
}

/** The labels of a volume with their distances, without those that neither mask holds and the rule skips. */
function masksOf(
  { errors, absent }: CaseEvaluation,
  network: DistanceCell["network"],
  left: readonly string[],
) {
  const own = errors[network];
  if (own === undefined) return [];
  const isLeftOut = (label: string) => absent?.[network]?.includes(label) ?? false;
  return Object.entries(own.assdMm.byLabel)
    .filter(([label, assdMm]) => !left.includes(label) && (assdMm !== null || !isLeftOut(label)))
    .map(([label, assdMm]) => ({ label, assdMm, hd95Mm: own.hd95Mm.byLabel[label] ?? null }));
}
