import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import {
  applyDegradation,
  degradedLabels,
  type LabelChange,
  sampleDegradation,
} from "../../../lib/learning/baselines/degraded_labels.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { IGNORED_LABEL } from "../../../wasm/mod.ts";

const SIDE = 48, shape = { batch: 3, height: SIDE, width: SIDE, classes: 4 };
const random = RandomStream.fromSeed(1);

/** A ring with its cavity and a crescent beside it, three times. */
const labels = Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, at) => {
  const x = at % SIDE - 26, y = Math.floor(at / SIDE) % SIDE - 24;
  const radius = Math.hypot(x, y);
  if (radius < 6) return 3;
  if (radius < 9) return 2;
  return Math.hypot(x + 6, y) < 10 ? 1 : 0;
});

/** Classes back from one-hot, checking that it is one. */
function classesOf(oneHot: Float32Array, classes: number): Uint8Array {
  return Uint8Array.from({ length: oneHot.length / classes }, (_, p) => {
    const values = [...oneHot.subarray(p * classes, (p + 1) * classes)];
    assertEquals(values.toSorted(), [...Array(classes - 1).fill(0), 1]);
    return values.indexOf(1);
  });
}

Deno.test("sampleDegradation() draws each kind alike, at least one change, at most eight", () => {
  const drawn = Array.from({ length: 700 }, (_, n) => sampleDegradation(4, random.stream(n)));
  assert(drawn.every(({ length }) => length >= 1 && length <= 8));
  for (const kind of ["shape", "morphology", "swaps"]) {
    const share = drawn.filter((changes) => changes.some((one) => one.kind === kind)).length / 700;
    // Four of the seven subsets that are not empty have it.
    assertAlmostEquals(share, 4 / 7, 0.06, kind);
  }
  assertEquals(JSON.parse(JSON.stringify(drawn[8])), drawn[8]);
  assertEquals(sampleDegradation(4, random.stream(8)), drawn[8]);
});

Deno.test("applyDegradation() applies in order, and leaves its input", () => {
  const map = { labels: labels.slice(0, SIDE * SIDE), width: SIDE, height: SIDE };
  const all = { centre: [0.5, 0.5], half: [9, 9], angle: 0 } as const;
  const paint = (label: number): LabelChange => ({
    kind: "shape",
    parameters: { form: "circle", ...all, label },
  });
  const { labels: found } = applyDegradation(map, [paint(1), paint(2)]);
  assert(found.every((label) => label === 2));
  assertEquals(map.labels, labels.slice(0, SIDE * SIDE));
  assertEquals(applyDegradation(map, []).labels, map.labels);
});

Deno.test("degradedLabels() are one-hot, differ map by map, and follow the seed", () => {
  const oneHot = degradedLabels(labels, shape, random);
  assertEquals(oneHot.length, labels.length * 4);
  assertEquals(degradedLabels(Int32Array.from(labels), shape, random), oneHot);
  const found = classesOf(oneHot, 4), size = SIDE * SIDE;
  const maps = [0, 1, 2].map((n) => found.slice(n * size, (n + 1) * size).join(""));
  assertEquals(new Set(maps).size, 3);
  const one = degradedLabels(labels.subarray(0, size), { ...shape, batch: 1 }, random);
  assertEquals(one, oneHot.subarray(0, one.length), "a map's draws are its own");
});

Deno.test("degradedLabels() spoil labels, but leave most of them", () => {
  let kept = 0, same = 0;
  for (let seed = 0; seed < 30; seed++) {
    const found = classesOf(degradedLabels(labels, shape, RandomStream.fromSeed(seed)), 4);
    const equal = found.filter((label, i) => label === labels[i]).length;
    kept += equal;
    if (equal === labels.length) same++;
  }
  const share = kept / 30 / labels.length;
  assert(share > 0.8 && share < 0.995, `share of kept labels is ${share}`);
  assertEquals(same, 0);
});

Deno.test("degradedLabels() have no class where labels are ignored, and are else as of background", () => {
  const ignored = (at: number) => at % 7 === 0;
  const some = labels.map((label, at) => ignored(at) ? IGNORED_LABEL : label);
  const background = labels.map((label, at) => ignored(at) ? 0 : label);
  const expected = degradedLabels(background, shape, random)
    .map((value, i) => ignored(Math.floor(i / 4)) ? 0 : value);
  assertEquals(degradedLabels(some, shape, random), expected);
});

Deno.test("degradedLabels() say what is wrong", () => {
  const wrong = () => degradedLabels(labels, { ...shape, batch: 2 }, random);
  assertThrows(wrong, TypeError, "there are 6912, wanted 2 x 48 x 48");
  const few = () => degradedLabels(labels, { ...shape, classes: 3 }, random);
  assertThrows(few, RangeError, "a label is 3, wanted 0 to 2");
});
