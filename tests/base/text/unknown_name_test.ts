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
