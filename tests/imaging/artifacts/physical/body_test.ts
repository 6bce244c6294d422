import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../../deps.ts";
import {
  bodyMean,
  otsuThreshold,
  signalLevel,
} from "../../../../lib/imaging/artifacts/physical/body.ts";
import { LABELS, smallCase } from "../small_case.ts";

Deno.test("otsuThreshold() lies between two groups of values, and is the value of a constant", () => {
  const threshold = otsuThreshold(Float32Array.of(1, 1.1, 0.9, 5, 5.2, 4.9, 1));
  assert(threshold > 1.1 && threshold < 4.9, `${threshold}`);
  assertEquals(otsuThreshold(Float32Array.of(3, 3)), 3);
  assertAlmostEquals(bodyMean(Float32Array.of(0, 0, 0.1, 8, 10)), 9, 1e-6);
});

Deno.test("signalLevel() of a role is that of its classes, and needs a label map that shows them", () => {
  const { volume, label, context } = smallCase();
  const level = signalLevel(volume, "muscle", context, "test");
  assert(level > 0.2 && level < 0.4, `${level}`);
  const empty = { labels: LABELS, label: { ...label, data: new Uint8Array(label.data.length) } };
  assertThrows(
    () => signalLevel(volume, "muscle", empty, "test"),
    RangeError,
    "no muscle (class 2)",
  );
});
