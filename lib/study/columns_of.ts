import type { Evaluation } from "../training/evaluate.ts";
import type { Column } from "./study_summary.ts";

/** The columns of Table 1, and one for each set of another domain. */
export interface StudyColumns {
  readonly columns: readonly Column[];
  readonly crossColumns: readonly Column[];
}

/**
 * The columns that evaluations give: the run's own domains together, the other domains together,
 * then each corrupted set, in the order of the first evaluation. A set that one of them lacks is
 * left out, so that every method's columns hold the same.
 */
export function columnsOf(evaluations: readonly Pick<Evaluation, "sets">[]): StudyColumns {
  const shared = Object.entries(evaluations[0]?.sets ?? {})
    .filter(([name, { kind }]) => evaluations.every(({ sets }) => sets[name]?.kind === kind));
  const setsOf = (wanted: Column["kind"]) =>
    shared.filter(([, { kind }]) => kind === wanted).map(([name]) => name);
  const together = (name: "intra" | "cross", title: string): Column[] => {
    const sets = setsOf(name);
    return sets.length === 0 ? [] : [{ name, title, kind: name, sets }];
  };
  const apart = (kind: "cross" | "corrupted"): Column[] =>
    setsOf(kind).map((name) => ({ name, title: name, kind, sets: [name] }));
  return {
    columns: [
      ...together("intra", "Intra-domain"),
      ...together("cross", "Cross-domain"),
      ...apart("corrupted"),
    ],
    crossColumns: apart("cross"),
  };
}
