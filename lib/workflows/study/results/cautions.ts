import { EMPTY_TEXTS, NETWORKS } from "../../../names.ts";
import type { Evaluation } from "../../../formats/run_folder/evaluation.ts";
import { countedLabels } from "../../../formats/run_folder/counted_labels.ts";

/**
 * What a person should know of the scores of runs, a sentence each: subjects that a run was trained or
 * validated on, and is scored on; labels that a set has none of, or that some volumes lack.
 */
export function cautionsOf(
  evaluations: readonly Pick<
    Evaluation,
    "labels" | "parts" | "sets" | "seen" | "empty" | "volumes"
  >[],
): string[] {
  const seen = new Map<string, Set<string>>();
  const unlabelled = new Map<string, Set<string>>();
  const unknown = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, set: string, name: string) =>
    to.set(set, (to.get(set) ?? new Set()).add(name));
  for (const evaluation of evaluations) {
    for (const { set, subject } of evaluation.seen ?? []) add(seen, set, subject);
    for (const [set, { unlabelled: labels = [], ftn }] of Object.entries(evaluation.sets)) {
      for (const label of labels) add(unlabelled, set, label);
      for (const label of countedLabels(evaluation)) {
        if (!Object.hasOwn(ftn.byLabel, label)) add(unknown, set, label);
      }
    }
  }
  const lacking = Map.groupBy(
    evaluations.flatMap(absentLabels),
    ({ set, label, cases, empty }) => JSON.stringify([set, label, cases, empty]),
  );
  return [
    ...[...seen].map(([set, subjects]) =>
      `${set} holds subjects that a run scored on them was trained or validated on: ${
        [...subjects].join(", ")
      }.`
    ),
    ...[...lacking.values()].map((own) => {
      const { set, label, cases, empty } = own[0]!;
      const counts = own.map(({ count }) => count);
      const [least, most] = [Math.min(...counts), Math.max(...counts)];
      return `${label} is in neither prediction nor label of ${
        least === most ? most : `${least} to ${most}`
      } of ${cases} volumes of ${set}: there it ${EMPTY_TEXTS[empty]}.`;
    }),
    ...[...unknown].map(([set, labels]) =>
      `${set} has no label for ${[...labels].join(", ")}: its means are over the others.`
    ),
    ...[...unlabelled].map(([set, labels]) =>
      `No label of ${set} holds ${
        [...labels].join(", ")
      }: left out of its means, but where it is segmented.`
    ),
  ];
}

/** In how many volumes of each set neither mask of a network holds a label, where there are such. */
function absentLabels({ sets, volumes, empty }: Parameters<typeof cautionsOf>[0][number]) {
  return Object.entries(sets).flatMap(([set, { unlabelled = [] }]) => {
    const own = volumes.filter((volume) => volume.set === set);
    return NETWORKS.flatMap((network) => {
      const labels = own.flatMap(({ absent }) => absent?.[network] ?? [])
        .filter((label) => !unlabelled.includes(label));
      return [...Map.groupBy(labels, (label) => label)].map(([label, { length: count }]) => ({
        ...{ set, label, count, cases: own.length, empty },
      }));
    });
  });
}
