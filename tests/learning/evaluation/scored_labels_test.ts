import { classDice, diceOver } from "../../../lib/learning/evaluation/class_dice.ts";
import {
  heldLabels,
  namedLabels,
  scoredLabels,
} from "../../../lib/learning/evaluation/scored_labels.ts";
import type { Task } from "../../../lib/base/task/task.ts";
import { assertAlmostEquals, assertEquals } from "../../deps.ts";

const channels = [{ name: "MR" }];
const label = (name: string, ...codes: number[]) => ({ name, codes });

Deno.test("scoredLabels() leaves out background and what a data set lacks", () => {
  const labels = [label("background", 0), label("a", 1), label("b"), label("c", 2, 3)];
  assertEquals(scoredLabels({ labels, channels }), [
    { name: "a", classes: [1], inMean: true },
    { name: "c", classes: [3], inMean: true },
  ]);
});

Deno.test("regions are scored as wholes, their parts beside them, and means are over regions", () => {
  const task: Task = {
    labels: [label("background", 0), label("whole", 1), label("core", 2)],
    channels,
    regions: [{ name: "whole", classes: [1, 2] }, { name: "core", classes: [2] }],
  };
  const labels = scoredLabels(task);
  assertEquals(labels.map(({ name }) => name), ["whole", "core", "whole (part)", "core (part)"]);
  const found = classDice(Uint8Array.of(0, 1, 1, 2), Uint8Array.of(0, 1, 2, 2), labels);
  const { byLabel, mean } = diceOver(found, labels, "skip");
  assertEquals(byLabel["whole"], 1);
  assertAlmostEquals(byLabel["core"]!, 2 / 3, 1e-12);
  assertAlmostEquals(byLabel["whole (part)"]!, 2 / 3, 1e-12);
  assertAlmostEquals(mean!, (1 + 2 / 3) / 2, 1e-12);
});

Deno.test("a part that no truth holds counts in no mean, a region that none holds where it is found", () => {
  const task: Task = {
    labels: [label("background", 0), label("whole", 1), label("core", 2)],
    channels,
    regions: [{ name: "whole", classes: [1, 2] }, { name: "core", classes: [2] }],
  };
  const all = scoredLabels(task);
  const { labels, left, unlabelled } = heldLabels(all, (index) => index === 1);
  assertEquals([left, unlabelled], [["core"], ["core", "core (part)"]]);
  const found = classDice(Uint8Array.of(0, 1, 1, 2), Uint8Array.of(0, 1, 1, 1), all);
  assertEquals(diceOver(found, labels, "skip", left).mean, (1 + 0) / 2);
  assertEquals(namedLabels(all).parts, ["whole (part)", "core (part)"]);
  assertEquals(namedLabels(all.slice(0, 2)), { labels: ["whole", "core"] });
});
