import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import {
  type LabelShape,
  paintLabelShape,
  sampleLabelShape,
} from "../../../lib/learning/baselines/label_shape.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

const SIDE = 100;
const paint = (shape: Partial<LabelShape>, fill = 0) =>
  paintLabelShape({ labels: new Uint8Array(SIDE * SIDE).fill(fill), width: SIDE, height: SIDE }, {
    form: "circle",
    centre: [0.5, 0.5],
    half: [0.1, 0.2],
    angle: 0,
    label: 2,
    ...shape,
  }).labels;
const area = (labels: Uint8Array, label: number) => labels.filter((one) => one === label).length;

Deno.test("sampleLabelShape() keeps to its ranges, and half of the shapes remove", () => {
  const random = RandomStream.fromSeed(1);
  const drawn = Array.from({ length: 800 }, (_, n) => sampleLabelShape(4, random.stream(n)));
  assertEquals(JSON.parse(JSON.stringify(drawn[3])), drawn[3]);
  assertEquals(sampleLabelShape(4, random.stream(3)), drawn[3]);
  assertEquals([...new Set(drawn.map(({ label }) => label))].sort(), [0, 1, 2, 3]);
  assertAlmostEquals(drawn.filter(({ label }) => label === 0).length / 800, 0.5, 0.06);
  for (const { form, half: [a, b], centre } of drawn) {
    assert(centre.every((share) => share >= -0.25 && share < 1.25));
    assert(form === "line" ? a >= 0.05 && a < 0.2 && b === 0.005 : a >= 0.02 && a < 0.12);
    if (form === "circle") assertEquals(a, b);
  }
});

Deno.test("paintLabelShape() paints areas as large as the formulas say", () => {
  assertAlmostEquals(area(paint({ half: [0.1, 0.1] }), 2), Math.PI * 100, 12);
  assertAlmostEquals(area(paint({ form: "ellipse", angle: 1 }), 2), Math.PI * 200, 20);
  assertEquals(area(paint({ form: "rectangle" }), 2), 20 * 40);
  assertAlmostEquals(area(paint({ form: "rectangle", angle: 0.7 }), 2), 800, 30);
  assert(area(paint({ form: "line", half: [0.1, 1e-9], angle: 0.4 }), 2) >= 20, "no gaps");
});

Deno.test("paintLabelShape() removes with class 0, and finds its place by the foreground", () => {
  assertEquals(area(paint({ form: "rectangle", label: 0 }, 1), 0), 800);
  const labels = new Uint8Array(SIDE * SIDE);
  for (let y = 60; y < 70; y++) labels.fill(1, y * SIDE + 20, y * SIDE + 30);
  const map = { labels, width: SIDE, height: SIDE };
  const shape: LabelShape = {
    form: "circle",
    centre: [1, 0],
    half: [0.02, 0.02],
    angle: 0,
    label: 3,
  };
  const found = paintLabelShape(map, shape).labels;
  assertEquals(found[30 + 60 * SIDE], 3);
  assertEquals(area(labels, 3), 0, "the input stays");
});
