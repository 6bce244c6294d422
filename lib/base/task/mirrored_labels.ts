/** Labels that a mirror exchanges: the left and the right of a pair. */
import type { Task } from "./task.ts";

/** The words for the sides, each of which makes a pair with its partner. */
const SIDES = [["left", "right"], ["l", "r"], ["lh", "rh"], ["sin", "dex"]] as const;

/**
 * For each class the one that a mirrored image shows in its place, or undefined where no label is one
 * of a pair. A pair differs in one word alone: `Left Kidney` and `Right Kidney`, `kidney_l` and
 * `kidney_r`.
 *
 * @example
 * ```ts
 * import { mirroredClasses } from "./mirrored_labels.ts";
 *
 * const labels = ["background", "kidney_left", "kidney_right", "spine"]
 *   .map((name, n) => ({ name, codes: [n] }));
 * if (mirroredClasses({ labels })?.join() !== "0,2,1,3") throw new Error();
 * ```
 */
export function mirroredClasses({ labels }: Pick<Task, "labels">): readonly number[] | undefined {
  const names = labels.map(({ name }) => name.toLowerCase().split(/[\s_.-]+/));
  const partners = names.map((words, index) => {
    for (const [n, word] of words.entries()) {
      const other = otherSide(word);
      if (other === undefined) continue;
      const wanted = words.with(n, other).join(" ");
      const found = names.findIndex((candidate) => candidate.join(" ") === wanted);
      if (found >= 0) return found;
    }
    return index;
  });
  return partners.some((partner, index) => partner !== index) ? partners : undefined;
}

function otherSide(word: string): string | undefined {
  for (const [left, right] of SIDES) {
    if (word === left) return right;
    if (word === right) return left;
  }
  return undefined;
}
