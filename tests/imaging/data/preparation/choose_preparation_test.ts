import { square } from "../../../../lib/base/volume/slice_size.ts";
import {
  choosePreparation,
  needsFingerprint,
  type PreparationSettings,
} from "../../../../lib/imaging/data/preparation/choose_preparation.ts";
import type { Fingerprint } from "../../../../lib/imaging/data/preparation/fingerprint.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { assertEquals, assertThrows } from "../../../deps.ts";

const AUTO: PreparationSettings = {
  size: "auto",
  spacing: "auto",
  intensity: "slice",
  sliceAxis: "auto",
  larger: "tiles",
};
const SMALL: Fingerprint = {
  cases: 1,
  slices: 30,
  spacing: { median: 1, least: 1, greatest: 1 },
  direction: "A",
  slice: { height: 50.4, width: 40 },
  foreground: { height: 30, width: 20 },
  windows: [],
};

Deno.test("small slices are seen whole, large ones as what holds their foreground", () => {
  const { size, sliceDirection } = choosePreparation(AUTO, SMALL);
  assertEquals([size, sliceDirection], [{ height: 64, width: 48 }, "A"]);
  const large = {
    ...SMALL,
    slice: { height: 400, width: 300 },
    foreground: { height: 100, width: 60 },
  };
  assertEquals(choosePreparation(AUTO, large).size, { height: 128, width: 80 });
  assertEquals(choosePreparation({ ...AUTO, spacing: 2 }, large).size, { height: 64, width: 48 });
  const huge = { ...large, foreground: { height: 399, width: 299 } };
  assertEquals(choosePreparation(AUTO, huge).size, square(256));
});

Deno.test("what is given is kept, and needs no look at the data", () => {
  const given = { ...AUTO, size: square(32), spacing: 3 } as const;
  assertEquals([needsFingerprint(AUTO), needsFingerprint(given)], [true, false]);
  assertEquals(needsFingerprint({ ...given, intensity: "ct" }), true);
  assertEquals(choosePreparation(given, SMALL).size, square(32));
});

Deno.test("a ct window wants foreground", () => {
  assertThrows(() => choosePreparation({ ...AUTO, intensity: "ct" }, SMALL), DatasetError, "ct");
});

Deno.test("a ct window is the training volumes' own, and spacings have five digits", () => {
  const window = { low: -160, high: 240, mean: 40, deviation: 60 };
  const found = {
    ...SMALL,
    slice: { height: 200, width: 200 },
    spacing: { median: 0.78906251, least: 0.7, greatest: 0.9 },
    windows: [window],
  };
  const { intensity, spacing } = choosePreparation({ ...AUTO, intensity: "ct" }, found);
  assertEquals([intensity, spacing], [{ kind: "ct", windows: [window] }, 0.78906]);
});
