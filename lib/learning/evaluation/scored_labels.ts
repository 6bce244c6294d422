import type { Task } from "../../base/task/task.ts";

/** A label that volumes are scored by. */
export interface ScoredLabel {
  readonly name: string;
  /** Its class in label maps, from 1. */
  readonly index: number;
}

/** The labels that a data set has, background left out: those without codes are lacking there. */
export function scoredLabels({ labels }: Pick<Task, "labels">): ScoredLabel[] {
  return labels.flatMap(({ name, codes }, index) =>
    index === 0 || codes.length === 0 ? [] : [{ name, index }]
  );
}
