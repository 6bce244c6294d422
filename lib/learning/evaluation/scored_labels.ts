import type { Task } from "../../base/task/task.ts";
import { unknownName } from "../../base/text/unknown_name.ts";

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

/**
 * Holds names of labels whose lesions are to be counted to those of a task.
 *
 * @throws {RangeError} If one is none of its labels or regions.
 */
export function checkLesionLabels(task: Task, names: readonly string[]): void {
  const known = scoredLabels(task).map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new RangeError(`Cannot count lesions: ${unknownName("label", name, known)}`);
  }
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

/** The labels as an evaluation names them: all, and of these the parts of regions, which count in no mean. */
export function namedLabels(
  labels: readonly ScoredLabel[],
): { readonly labels: string[]; readonly parts?: string[] } {
  const parts = labels.filter(({ inMean }) => !inMean).map(({ name }) => name);
  return { labels: labels.map(({ name }) => name), ...parts.length > 0 && { parts } };
}

/** What labels count in the means of a set, after a look at what its label maps hold. */
export interface HeldLabels {
  /** All of them; those that no label map holds count in no mean. */
  readonly labels: readonly ScoredLabel[];
  /** Names of those that no label map holds. */
  readonly unlabelled: readonly string[];
  /** Names of those that therefore count in no mean: none where nothing would be left. */
  readonly left: readonly string[];
}

/**
 * A label that nobody drew says nothing where it is not segmented, and might lift or lower the means: it
 * is left out of them. Where there is no label at all, whatever is segmented is wrong, and counts.
 *
 * @param isHeld Whether any label map holds a class.
 */
export function heldLabels(
  labels: readonly ScoredLabel[],
  isHeld: (index: number) => boolean,
): HeldLabels {
  const lacking = (label: ScoredLabel) => !label.classes.some(isHeld);
  const unlabelled = labels.filter(lacking).map(({ name }) => name);
  if (labels.every((label) => !label.inMean || lacking(label))) {
    return { labels, unlabelled, left: [] };
  }
  return {
    labels: labels.map((label) => lacking(label) ? { ...label, inMean: false } : label),
    unlabelled,
    left: labels.filter((label) => label.inMean && lacking(label)).map(({ name }) => name),
  };
}
