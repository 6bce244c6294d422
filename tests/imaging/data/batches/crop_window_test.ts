import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { cropWindow } from "../../../../lib/imaging/data/batches/crop_window.ts";
import { assert, assertEquals } from "../../../deps.ts";

const whole = { height: 40, width: 60 }, size = { height: 16, width: 32 };
/** Streams as they begin. */
const draws = () =>
  Array.from({ length: 400 }, (_, n) => RandomStream.fromSeed(3).stream("draw", n));

function slice(...marks: readonly [place: number, value: number][]): Uint8Array {
  const label = new Uint8Array(whole.height * whole.width);
  for (const [place, value] of marks) label[place] = value;
  return label;
}

Deno.test("cropWindow() lies around a foreground pixel in half of all draws, else anywhere", () => {
  const label = slice([30 + 20 * 60, 1]);
  const windows = draws().map((rng) => cropWindow(label, whole, size, rng));
  const around = windows.filter(([x, y]) => x === 30 - 16 && y === 20 - 8).length;
  assert(around > 160 && around < 240, `${around} of 400`);
  for (const [x, y] of windows) assert(x >= 0 && x <= 28 && y >= 0 && y <= 24);
  // The others reach the edges.
  assertEquals([Math.min, Math.max].map((of) => of(...windows.map(([x]) => x))), [0, 28]);
  assertEquals([Math.min, Math.max].map((of) => of(...windows.map(([, y]) => y))), [0, 24]);
});

Deno.test("cropWindow() stays inside where foreground is at the edge", () => {
  const label = slice([59 + 39 * 60, 2]);
  const corner = draws().map((rng) => cropWindow(label, whole, size, rng))
    .filter(([x, y]) => x === 28 && y === 24).length;
  assert(corner > 160, `${corner} of 400`);
});

Deno.test("cropWindow() does not take what is ignored for foreground", () => {
  const label = slice([59 + 39 * 60, 255]);
  const windows = draws().map((rng) => cropWindow(label, whole, size, rng));
  assert(windows.filter(([x, y]) => x === 28 && y === 24).length < 20);
});

Deno.test("cropWindow() puts a slice that is smaller into the middle", () => {
  const small = { height: 10, width: 25 };
  for (const rng of draws().slice(0, 20)) {
    assertEquals(cropWindow(new Uint8Array(250).fill(1), small, size, rng), [-3, -3]);
  }
});
