import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { sampleLabelSwaps, swapLabels } from "../../../lib/learning/baselines/label_swaps.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

const random = RandomStream.fromSeed(2), draws = random.stream("draws").state();
/** Class 1 left of column 48, class 2 from there. */
const SIDE = 96;
const map = {
  labels: Uint8Array.from({ length: SIDE * SIDE }, (_, at) => at % SIDE < 48 ? 1 : 2),
  width: SIDE,
  height: SIDE,
};

Deno.test("sampleLabelSwaps() keeps to its ranges", () => {
  const drawn = Array.from({ length: 100 }, (_, n) => sampleLabelSwaps(random.stream(n)));
  for (const { reach, probability } of drawn) {
    assert(reach * 192 >= 1 && reach * 192 < 3.5 && probability >= 0.1 && probability < 0.5);
  }
  assertEquals(JSON.parse(JSON.stringify(drawn[4])), sampleLabelSwaps(random.stream(4)));
});

Deno.test("swapLabels() changes pixels within reach of a border alone, in the right number", () => {
  const found = swapLabels(map, { reach: 2.5 / SIDE, probability: 0.5, draws }).labels;
  let changed = 0;
  found.forEach((label, at) => {
    if (label === map.labels[at]) return;
    changed++;
    const x = at % SIDE;
    assert(x >= 46 && x < 50, `column ${x}`);
    assert(label === 1 || label === 2);
  });
  // Of the five columns around a pixel beside the border two are on the other side, else one.
  assertAlmostEquals(changed / SIDE, 0.5 * 2 * (1 / 5 + 2 / 5), 0.12);
  assertEquals(swapLabels(map, { reach: 2.5 / SIDE, probability: 0.5, draws }).labels, found);
  assertEquals(swapLabels(map, { reach: 0.1, probability: 0, draws }).labels, map.labels);
});
