import { square } from "../../../../lib/base/volume/slice_size.ts";
import {
  choosePreparation,
  needsFingerprint,
  type PreparationSettings,
} from "../../../../lib/imaging/data/preparation/choose_preparation.ts";
import {
  type Fingerprint,
  takeFingerprint,
} from "../../../../lib/imaging/data/preparation/fingerprint.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { phantomCases } from "../../../../lib/imaging/data/cases/phantom_cases.ts";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../../deps.ts";
import { tinyHeart } from "../tiny_heart.ts";

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
  const { size, spacing, sliceDirection } = choosePreparation(AUTO, SMALL);
  assertEquals([size, spacing, sliceDirection], [{ height: 64, width: 48 }, 1, "A"]);
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

Deno.test("takeFingerprint() measures slices, foreground and its intensities", async () => {
  const { source, image, label } = tinyHeart();
  const found = await takeFingerprint([source, source]);
  assertEquals([found.cases, found.slices, found.windows.length], [2, 6, 1]);
  assertAlmostEquals(found.spacing.median, Math.hypot(1.732, 1), 1e-3);
  assert(found.foreground.width < found.slice.width && found.foreground.width > 10);
  const values = image.volume.data.filter((_, n) => label.data[n] !== 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  assertAlmostEquals(found.windows[0]!.mean, mean, 1e-6 * mean);
});

Deno.test("takeFingerprint() gives the phantom's grid", async () => {
  const { spacing, foreground } = await takeFingerprint(phantomCases("A", 1, 0));
  assert(spacing.median > 1 && spacing.median < 2);
  assert(foreground.width > 50 && foreground.width < 200, `${foreground.width} mm`);
});
