import { type Network, NETWORKS } from "../../../names.ts";
import type { BootstrapOptions } from "../../../base/stats/bootstrap_mean.ts";
import { meanOf } from "../../../base/stats/mean_of.ts";
import type { Evaluation } from "../../../formats/run_folder/evaluation.ts";
import { cellOf, type CellScores, columnScores, compareScores, withHolm } from "./cell_scores.ts";
import type { JobResult } from "./open_study.ts";
import type { SeverityCell } from "./study_summary.ts";

/** The severities that are taken together, by the name of the part. */
const PARTS = [["1-5", [1, 2, 3, 4, 5]], ["5", [5]]] as const;

/** One method's finished runs. */
interface MethodResults {
  readonly method: string;
  readonly results: readonly Pick<JobResult, "evaluation">[];
}

/**
 * Dice under physical artifacts with intervals over subjects, and differences from the first method by
 * the same subjects: each has the mean over artifacts, severities and its volumes, then over replicates.
 * Runs whose evaluation did not keep volumes apart are left out.
 *
 * @param options Of the bootstrap.
 * @throws {RangeError} If an option is out of its range.
 */
export function severityCells(
  methods: readonly MethodResults[],
  reference: string | undefined,
  options: BootstrapOptions,
): SeverityCell[] {
  return NETWORKS.flatMap((network) =>
    PARTS.flatMap(([severities, numbers]) => {
      const rows = methods.map(({ method, results }) => ({
        method,
        scores: scoresOf(results, network, numbers),
      })).filter(({ scores }) => scores.strata.length > 0);
      const base = rows.find(({ method }) => method === reference);
      const others = rows.filter((row) => row !== base);
      const compared = withHolm(
        others.map(({ scores }) =>
          base && compareScores(scores, { name: base.method, scores: base.scores }, options)
        ),
      );
      return rows.map((row): SeverityCell => {
        const comparison = compared[others.indexOf(row)];
        const cell = { ...cellOf(row.scores, options)!, ...comparison && { comparison } };
        return { method: row.method, network, severities, cell };
      });
    })
  );
}

function scoresOf(
  results: MethodResults["results"],
  network: Network,
  severities: readonly number[],
): CellScores {
  const replicates = results.flatMap(({ evaluation }) => {
    const found = subjectsOf(evaluation, network, severities);
    return found.size === 0 ? [] : [found];
  });
  const names = new Set(replicates.flatMap((subjects) => [...subjects.keys()]));
  return columnScores({
    subjects: new Map(
      [...names].map((name) => [name, meanOf(replicates.flatMap((own) => own.get(name) ?? []))]),
    ),
    replicates: replicates.map((subjects) => meanOf([...subjects.values()])),
  });
}

/** Each subject's mean; those with no Dice at one of the severities are left out. */
function subjectsOf(
  { severities: measured }: Pick<Evaluation, "severities">,
  network: Network,
  severities: readonly number[],
): Map<string, number> {
  const { byCase, subjects } = measured ?? {};
  if (byCase === undefined || subjects === undefined) return new Map();
  const values = new Map<string, (number | null)[]>();
  for (const curves of Object.values(byCase)) {
    for (const severity of severities) {
      curves[network]?.[severity]?.forEach((dice, place) => {
        const subject = subjects[place]!;
        values.set(subject, [...values.get(subject) ?? [], dice]);
      });
    }
  }
  return new Map(
    [...values].flatMap(([subject, all]) =>
      all.every((dice) => dice !== null) ? [[subject, meanOf(all)] as const] : []
    ),
  );
}
