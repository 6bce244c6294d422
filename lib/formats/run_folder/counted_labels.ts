import type { Evaluation } from "./evaluation_record.ts";

/** Labels that count in no mean of a set: those that it has none of, and the parts of regions. */
export function uncounted(
  { sets, parts = [] }: Pick<Evaluation, "sets" | "parts">,
  set: string,
): readonly string[] {
  return [...sets[set]?.unlabelled ?? [], ...parts];
}

/** Names of the labels that means are over. */
export function countedLabels(evaluation: Pick<Evaluation, "labels" | "parts"> | undefined) {
  const { labels = [], parts = [] } = evaluation ?? {};
  return labels.filter((label) => !parts.includes(label));
}
