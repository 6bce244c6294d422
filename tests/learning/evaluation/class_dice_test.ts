import {
  classDice,
  diceOver,
  disagreementOf,
} from "../../../lib/learning/evaluation/class_dice.ts";
import { scoredLabels } from "../../../lib/learning/evaluation/scored_labels.ts";
import { assertAlmostEquals, assertEquals } from "../../deps.ts";

const labels = scoredLabels({
  labels: ["none", "a", "b"].map((name, n) => ({ name, codes: [n] })),
  channels: [{ name: "MRI" }],
});

Deno.test("disagreementOf() is 1 less the mean Dice of both masks", () => {
  const ftn = Uint8Array.of(0, 1, 1, 2), stn = Uint8Array.of(0, 1, 0, 2);
  assertEquals(disagreementOf(ftn, ftn, labels), 0);
  assertAlmostEquals(disagreementOf(ftn, stn, labels), 1 - (2 / 3 + 1) / 2);
});

Deno.test("disagreementOf() counts a label in neither mask as agreement", () => {
  const mask = Uint8Array.of(0, 1, 1, 0);
  assertEquals(disagreementOf(mask, mask, labels), 0);
  assertEquals(disagreementOf(mask, Uint8Array.of(0, 0, 0, 0), labels), 0.5);
});

Deno.test("diceOver() leaves a label in neither mask out, or counts it, as the rule says", () => {
  const found = classDice(Uint8Array.of(0, 1, 1, 0), Uint8Array.of(0, 1, 0, 0), labels);
  assertEquals(found, { a: 2 / 3, b: null });
  const means = (["skip", "one", "zero"] as const)
    .map((empty) => diceOver(found, labels, empty).mean!);
  assertEquals(means, [2 / 3, (2 / 3 + 1) / 2, 1 / 3]);
});
