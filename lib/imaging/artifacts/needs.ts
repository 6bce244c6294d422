/** What artifacts need beside the volume, and how it is told before any work that it is not there. */

/**
 * `label`: a label map of the task's classes. `otherFrame`: the same slices at another time.
 * `role:NAME`: a label with this role in the label map, as `role:blood`.
 */
export type Need = "label" | "otherFrame" | `role:${string}`;

/** A label as artifacts know it; its place among all labels is its class, background first. */
export interface RoleLabel {
  /** As the task calls it. */
  readonly name: string;
  /** What an artifact may need to know of it, as `blood` or `muscle`. */
  readonly role?: string | undefined;
}

/** What is at hand beside the volume. */
export interface Available {
  /** Whether there is a label map. */
  readonly label: boolean;
  /** Whether there is another frame of the subject. */
  readonly otherFrame: boolean;
  /** The labels of the label map; absent: nothing is known of them. */
  readonly labels?: readonly RoleLabel[] | undefined;
}

/** An artifact that cannot be made, because what it needs is not there. */
export class ArtifactNeedError extends TypeError {
  /** Its class by name. */
  override readonly name = "ArtifactNeedError";
  /** An error of a task, told after "Cannot", for want of this need. */
  constructor(task: string, readonly need: Need, available: Available) {
    super(`Cannot ${task}: it needs ${lackText(need, available)}`);
  }
}

/** The first need that is not met, if any. */
export function unmetNeed(needs: readonly Need[], available: Available): Need | undefined {
  return needs.find((need) => {
    if (need === "label") return !available.label;
    if (need === "otherFrame") return !available.otherFrame;
    return !available.label || classesOfRole(available.labels ?? [], roleOf(need)).length === 0;
  });
}

/** A need in words, as `a label map`. */
export function needText(need: Need): string {
  if (need === "label") return "a label map";
  if (need === "otherFrame") return "a volume of another frame of the subject";
  return `a label with the role ${roleOf(need)}`;
}

/**
 * The classes of a role, ascending. Where no label has the role, the label of that name, so that a
 * label called `Muscle` needs no role to be muscle.
 *
 * @example
 * ```ts
 * import { classesOfRole } from "./needs.ts";
 *
 * const labels = [{ name: "background" }, { name: "vessel", role: "blood" }, { name: "Muscle" }];
 * if (classesOfRole(labels, "blood")[0] !== 1 || classesOfRole(labels, "muscle")[0] !== 2) {
 *   throw new Error();
 * }
 * ```
 */
export function classesOfRole(labels: readonly RoleLabel[], role: string): number[] {
  const where = (matches: (label: RoleLabel) => boolean) =>
    labels.flatMap((label, index) => index > 0 && matches(label) ? [index] : []);
  const byRole = where((label) => label.role === role);
  return byRole.length > 0
    ? byRole
    : where(({ name }) => name.toLowerCase() === role.toLowerCase());
}

/** A need in words, and what is there instead. */
export function lackText(need: Need, { label, labels }: Available): string {
  const text = needText(need);
  if (need === "label" || need === "otherFrame") return text;
  if (!label) return `${text}, and there is no label map`;
  if (!labels) return `${text}, and nothing says which class is which label`;
  const known = labels.slice(1).map(({ name, role }) => `${name} (${role ?? "no role"})`);
  return `${text}; there are ${known.join(", ")}`;
}

function roleOf(need: `role:${string}`): string {
  return need.slice("role:".length);
}
