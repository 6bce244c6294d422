import { assertEquals } from "../../deps.ts";
import { nearestNames, unknownName } from "../../../lib/base/text/unknown_name.ts";

Deno.test("nearestNames() orders by distance and leaves out what is far", () => {
  assertEquals(nearestNames("gosting", ["ghosting", "motion", "noise"]), ["ghosting"]);
  assertEquals(nearestNames("Undersamp", ["undersampling", "bias"]), ["undersampling"]);
  assertEquals(nearestNames("batchsize", ["size", "batchSize"]), ["batchSize"]);
  assertEquals(nearestNames("abc", ["abxy", "abcd", "abx"]), ["abcd", "abx", "abxy"]);
});

Deno.test("unknownName() names the nearest first, then all", () => {
  assertEquals(
    unknownName("site", "aa", ["ab", "B"]),
    'no site is named "aa"; did you mean ab? (known: ab, B)',
  );
  assertEquals(unknownName("site", "zzzz", ["ab"]), 'no site is named "zzzz" (known: ab)');
});

Deno.test("unknownName() shows the beginning of a long name, and compares it with none", () => {
  const text = unknownName("site", "a".repeat(1e6), ["aa", "b"]);
  assertEquals(text, `no site is named "${"a".repeat(59)}… (known: aa, b)`);
});
