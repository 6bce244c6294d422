import { scaleIntensity } from "../../../../lib/imaging/data/preparation/intensity.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../../../deps.ts";

const CLIP = [2, 98] as const;

Deno.test("a ct window is the same for every image, and clips", () => {
  const windows = [{ low: -100, high: 300, mean: 50, deviation: 20 }];
  const { data } = scaleIntensity(
    Int16Array.of(-1024, -100, 100, 300, 3000),
    {
      kind: "ct",
      windows,
    },
    0,
    CLIP,
  );
  assertEquals([...data], [0, 0, 0.5, 1, 1]);
  assertThrows(
    () => scaleIntensity(Int16Array.of(1), { kind: "ct", windows }, 1, CLIP),
    RangeError,
    "channel 1",
  );
});

Deno.test("a volume that is nearly all air is scaled by the rest, told", () => {
  const voxels = new Float32Array(1000);
  for (let n = 0; n < 10; n++) voxels[n] = 100 + n;
  const { data, warning } = scaleIntensity(voxels, { kind: "slice" }, 0, CLIP);
  assertEquals([data[500], warning!.includes("equal")], [0, true]);
  assertAlmostEquals(data[5]!, (105 - 100.18) / (108.82 - 100.18), 1e-5);
});

Deno.test("a constant volume is 0, and nothing is told", () => {
  const { data, warning } = scaleIntensity(new Uint8Array(9).fill(7), { kind: "volume" }, 0, CLIP);
  assertEquals([[...data].every((value) => value === 0), warning], [true, undefined]);
});
