import type { Task } from "../../base/task/task.ts";

/** What volumes are scored by: a label, or a region of several. */
export interface ScoredLabel {
  readonly name: string;
  /** Its classes in label maps, from 1. */
  readonly classes: readonly number[];
  /** Whether it counts in means over labels. */
  readonly inMean: boolean;
}

/**
 * What a data set can be scored by: its labels, background left out; those without codes are lacking
 * there. Where it has regions, means are over these, as nnU-Net takes them, and the parts that they
 * are trained as are scored beside them.
 */
export function scoredLabels({ labels, regions = [] }: Task): ScoredLabel[] {
  const known = (index: number) => index > 0 && labels[index]!.codes.length > 0;
  const parts = labels.flatMap(({ name }, index) =>
    known(index) ? [{ name, classes: [index], inMean: regions.length === 0 }] : []
  );
  const whole = regions.map(({ name, classes }) => ({
    name,
    classes: classes.filter(known),
    inMean: true,
  })).filter(({ classes }) => classes.length > 0);
  const taken = new Set(whole.map(({ name }) => name));
  const apart = parts.map((part) =>
    taken.has(part.name) ? { ...part, name: `${part.name} (part)` } : part
  );
  return [...whole, ...apart];
}

/** The classes of a map as one class, 1, where a label has several; all else keeps no class. */
export function maskOf(classes: Uint8Array, label: ScoredLabel): Uint8Array {
  if (label.classes.length === 1) return classes;
  return classes.map((value) => label.classes.includes(value) ? 1 : 0);
}

/** The class by which a label is found in its {@linkcode maskOf}. */
export function classOf({ classes }: ScoredLabel): number {
  return classes.length === 1 ? classes[0]! : 1;
}
