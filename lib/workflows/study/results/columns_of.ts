import type { Evaluation } from "../../../formats/run_folder/evaluation.ts";
import type { Column } from "./study_summary.ts";

/** The columns of Table 1, and one for each set of another domain. */
export interface StudyColumns {
  readonly columns: readonly Column[];
  readonly crossColumns: readonly Column[];
}

/**
 * The columns that evaluations give: the run's own domains together, the other domains together, the
 * sets of predictions made elsewhere together, then each corrupted set, in the order in which they first occur. A set is left out that a row of
 * the table has in none of its evaluations, so that every row's columns hold the same; not each
 * evaluation need have it, since a part of a cross-validation may lack a domain.
 *
 * @param rows The evaluations of each row.
 */
export function columnsOf(rows: readonly (readonly Pick<Evaluation, "sets">[])[]): StudyColumns {
  const all = rows.flat().flatMap(({ sets }) => Object.entries(sets));
  const kinds = new Map(all.map(([name, { kind }]) => [name, kind]));
  const shared = [...kinds].filter(([name, kind]) =>
    all.every(([other, set]) => other !== name || set.kind === kind) &&
    rows.every((row) => row.some(({ sets }) => sets[name] !== undefined))
  );
  const setsOf = (wanted: Column["kind"]) =>
    shared.filter(([, kind]) => kind === wanted).map(([name]) => name);
  const together = (name: "intra" | "cross" | "given", title: string): Column[] => {
    const sets = setsOf(name);
    return sets.length === 0 ? [] : [{ name, title, kind: name, sets }];
  };
  const apart = (kind: "cross" | "corrupted" | "given"): Column[] =>
    setsOf(kind).map((name) => ({ name, title: name, kind, sets: [name] }));
  // Predictions have a column of their own, and one a set where there are several.
  const given = apart("given");
  return {
    columns: [
      ...together("intra", "Intra-domain"),
      ...together("cross", "Cross-domain"),
      ...together("given", "Predictions"),
      ...apart("corrupted"),
    ],
    crossColumns: [...apart("cross"), ...given.length > 1 ? given : []],
  };
}
