/** Which ways of seeing a slice a training has shown: of others its networks know nothing. */
import { mirroredClasses } from "../../base/task/mirrored_labels.ts";
import type { Task } from "../../base/task/task.ts";
import type { TestTime } from "../../names.ts";

/** How slices were varied while networks were trained. */
export interface ShownSlices {
  /** With flips and turns (`turned`), without (`upright`), or not at all. */
  readonly augmentation: "turned" | "upright" | "none";
  /** The labels, of which some may be left and right of each other. */
  readonly task: Pick<Task, "labels">;
}

/**
 * Why networks cannot be asked for flipped or turned slices: their training showed none, and what they
 * say of such is worth nothing (a hippocampus run fell from a Dice of 0.834 to 0.012). Undefined where
 * they can.
 *
 * @param name What the networks are called.
 */
export function testTimeRefusal(
  testTime: TestTime,
  { augmentation, task }: ShownSlices,
  name: string,
): string | undefined {
  if (testTime === "none") return undefined;
  const pairs = mirroredClasses(task) !== undefined;
  if (!pairs && augmentation === "turned") return undefined;
  const slices = testTime === "flips" ? "flipped" : "turned";
  return `Cannot average over ${slices} slices (${testTime}): ${name} ` +
    (pairs
      ? "has labels that are pairs of left and right, so that it was trained on slices neither flipped " +
        "nor turned; wanted none"
      : `was trained with data.augmentation=${augmentation}, which neither flips nor turns slices; ` +
        "wanted none, or a run trained with data.augmentation=turned");
}
