import type { Evaluation } from "../../../formats/run_folder/evaluation.ts";
import { uncounted } from "../../../formats/run_folder/counted_labels.ts";
import { NETWORKS } from "../../../names.ts";

/**
 * What evaluations count for a distance that a mask lacks since just one of prediction and label holds
 * it, in mm, each once; null: it is left out. Evaluations that lack none would be the same by any, and
 * count only where no other lacks one either.
 */
export function distancePenalties(
  evaluations: readonly Pick<Evaluation, "distancePenaltyMm" | "parts" | "sets" | "volumes">[],
): (number | null)[] {
  const lacking = evaluations.filter((evaluation) =>
    evaluation.volumes.some(({ set, errors, absent }) =>
      NETWORKS.some((network) => {
        const left = [...uncounted(evaluation, set), ...absent?.[network] ?? []];
        return Object.entries(errors[network]?.assdMm.byLabel ?? {}).some(([label, mm]) =>
          mm === null && !left.includes(label)
        );
      })
    )
  );
  const chosen = lacking.length > 0 ? lacking : evaluations.slice(0, 1);
  return [...new Set(chosen.map(({ distancePenaltyMm }) => distancePenaltyMm ?? null))];
}
