import { mirroredClasses } from "../../../lib/base/task/mirrored_labels.ts";
import { assertEquals } from "../../deps.ts";

const mirrored = (...names: string[]) =>
  mirroredClasses({ labels: names.map((name, n) => ({ name, codes: [n] })) });

Deno.test("mirroredClasses() finds pairs that differ in the side alone", () => {
  assertEquals(mirrored("bg", "Left-Kidney", "spine", "Right-Kidney"), [0, 3, 2, 1]);
  assertEquals(mirrored("bg", "lung_upper_L", "lung_upper_R", "lung_lower_L"), [0, 2, 1, 3]);
});

Deno.test("mirroredClasses() sees no pair where there is none", () => {
  assertEquals(mirrored("bg", "LV", "RV"), undefined);
  assertEquals(mirrored("bg", "left atrium", "aorta"), undefined);
});
