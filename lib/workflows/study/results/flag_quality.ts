import { auroc } from "../../../base/stats/auroc.ts";
import { spearman } from "../../../base/stats/spearman.ts";
import type { CaseEvaluation } from "../../../formats/run_folder/evaluation.ts";
import { BAD_DICE } from "../../../learning/evaluation/bad_dice.ts";
import type { FlagQuality } from "./study_summary.ts";

/** The numbers that need no label, as `CaseFlags` of an evaluation describes them. */
export const FLAGS = ["disagreement", "entropy", "reconstructionError"] as const;

/**
 * How well each flag that a method has tells its bad volumes: those with a mean Dice of the
 * fast-thinking network, which every method has, below {@linkcode BAD_DICE}.
 *
 * @param volumes Of one method, over sets and replicates.
 */
export function flagQualities(method: string, volumes: readonly CaseEvaluation[]): FlagQuality[] {
  return FLAGS.flatMap((flag) => {
    const flagged = volumes.filter(({ flags, ftn }) =>
      flags[flag] !== undefined && ftn.mean !== null
    );
    if (flagged.length === 0) return [];
    const values = flagged.map(({ flags }) => flags[flag]!);
    const dice = flagged.map(({ ftn }) => ftn.mean!);
    const positives = dice.map((value) => value < BAD_DICE);
    const bad = positives.filter(Boolean).length;
    return [{
      flag,
      method,
      volumes: flagged.length,
      bad,
      auroc: bad === 0 || bad === flagged.length ? null : auroc(values, positives),
      spearman: varies(values) && varies(dice) ? spearman(values, dice) : null,
    }];
  });
}

function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}
