import { drawLineChart, SERIES_COLORS } from "../../../lib/base/report/line_chart.ts";
import { assert, assertEquals } from "../../deps.ts";

const chart = { title: "T", xLabel: "step", yLabel: "loss", width: 400, height: 200 };

/** The points of each curve. */
function curvesOf(body: string): number[][][] {
  return [...body.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) =>
    points!.split(" ").filter(Boolean).map((point) => point.split(",").map(Number))
  );
}

Deno.test("drawLineChart() draws larger values higher, and later ones further right", () => {
  const falling = { name: "a", x: [0, 1, 2], y: [10, 5, 1] };
  for (const logY of [false, true]) {
    const [curve] = curvesOf(drawLineChart({ ...chart, logY, series: [falling] }).body);
    const [first, middle, last] = curve!;
    assert(first![1]! < middle![1]! && middle![1]! < last![1]!, `${curve}`);
    assert(first![0]! < middle![0]! && middle![0]! < last![0]! && last![0]! <= 400, `${curve}`);
  }
});

Deno.test("drawLineChart() leaves out what cannot be drawn, even everything", () => {
  const odd = { name: "a", x: [1, 2, 3, 4], y: [NaN, 0, -1, Infinity] };
  for (const series of [[], [odd], [{ name: "one", x: [3], y: [2] }]]) {
    const { width, height, body } = drawLineChart({ ...chart, logY: true, series });
    assertEquals([width, height], [400, 200]);
    assert(!/NaN|Infinity|undefined/.test(body), body);
  }
});

Deno.test("drawLineChart() has a legend of several curves, and room for notes", () => {
  const one = { name: "a <b>", x: [0, 1], y: [1, 2] };
  const { height, body } = drawLineChart({
    ...chart,
    series: [one, { ...one, name: "c" }],
    notes: ["Mean of 2 volumes", "not more"],
  });
  assert(height > 200 + 2 * 12);
  for (const text of ["a &lt;b&gt;", ">c<", "Mean of 2 volumes", "not more", SERIES_COLORS[1]!]) {
    assert(body.includes(text), text);
  }
});
