import type {
  CaseEvaluation,
  EmptyRule,
  Evaluation,
} from "../../../formats/run_folder/evaluation.ts";
import { NETWORKS } from "../../../names.ts";

/**
 * The rules for a label in neither mask that evaluations were made by, each once. Evaluations that have
 * no such label would be the same by any rule, and count only where no other has one either.
 */
export function emptyRules(
  evaluations: readonly Pick<Evaluation, "empty" | "volumes">[],
): EmptyRule[] {
  const ruled = evaluations.filter(({ volumes }) => volumes.some(mayLackLabel));
  const chosen = ruled.length > 0 ? ruled : evaluations.slice(0, 1);
  return [...new Set(chosen.map(({ empty }) => empty))];
}

/** Evaluations of older versions do not tell: there, what is perfect may be in neither mask. */
function mayLackLabel({ absent, errors, ...dice }: CaseEvaluation): boolean {
  return NETWORKS.some((network) => {
    const own = dice[network];
    if (own === undefined) return false;
    if (absent !== undefined) return absent[network]!.length > 0;
    return Object.entries(own.byLabel).some(([name, value]) =>
      value === 1 && errors[network]?.assdMm.byLabel[name] === 0
    );
  });
}
