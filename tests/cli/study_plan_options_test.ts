import { assertEquals, assertThrows } from "../deps.ts";
import type { GivenTest } from "../../mod.ts";
import { collectTests, settingsGiven } from "../../cli/study_plan_options.ts";

Deno.test("collectTests() takes a folder, with or without its layout, of any system", () => {
  const all = ["M&Ms=/data/MnMs", "b=C:\\data\\b", "c=C:\\c:nnunet", "d=e:f/g:auto", "h=x=y:bids"];
  const none: GivenTest[] = [];
  assertEquals(all.reduce((earlier, text) => collectTests(text, earlier), none), [
    { name: "M&Ms", dir: "/data/MnMs" },
    { name: "b", dir: "C:\\data\\b" },
    { name: "c", dir: "C:\\c", layout: "nnunet" },
    { name: "d", dir: "e:f/g", layout: "auto" },
    { name: "h", dir: "x=y", layout: "bids" },
  ]);
});

Deno.test("collectTests() refuses what has no name, no folder, or an unknown layout", () => {
  for (const text of ["hearts", "=hearts", "a=", "a=hearts:mnm"]) {
    assertThrows(() => collectTests(text, []), Error, "Wanted NAME=DIR");
  }
});

Deno.test("settingsGiven() has the settings of the options that are given, and no others", () => {
  const none = { data: {}, training: {} };
  assertEquals(settingsGiven({ test: [], set: ["training.epochs=3"] }), none);
  const flags = { data: "there", device: "cpu", maxSteps: 5, folds: 3, track: "store" } as const;
  assertEquals(settingsGiven({ ...flags, test: [], set: [] }), {
    data: { dir: "there", folds: 3 },
    training: { device: "cpu", maxSteps: 5 },
    tracking: { mlflow: "store" },
  });
});
