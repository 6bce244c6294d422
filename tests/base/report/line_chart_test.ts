import { drawLineChart, SERIES_COLORS } from "../../../lib/base/report/line_chart.ts";
import type { Canvas } from "../../../lib/base/report/canvas.ts";
import { assert, assertEquals } from "../../deps.ts";

function rowsOf(canvas: Canvas, x: number, series: number): number[] {
  const color = SERIES_COLORS[series]!;
  return Array.from({ length: canvas.height }, (_, y) => y)
    .filter((y) => canvas.at(x, y).every((value, c) => Math.abs(value - color[c]!) < 40));
}

const chart = { title: "T", xLabel: "step", yLabel: "loss", width: 400, height: 200 };

Deno.test("drawLineChart() draws larger values higher", () => {
  const falling = { name: "a", x: [0, 1, 2], y: [10, 5, 1] };
  for (const logY of [false, true]) {
    const canvas = drawLineChart({ ...chart, logY, series: [falling] });
    const [left, right] = [rowsOf(canvas, 120, 0), rowsOf(canvas, 360, 0)];
    assert(left.length > 0 && right.length > 0);
    assert(left.at(-1)! < right[0]!, `${left} above ${right}`);
  }
});

Deno.test("drawLineChart() leaves out what cannot be drawn, even everything", () => {
  const odd = { name: "a", x: [1, 2, 3, 4], y: [NaN, 0, -1, Infinity] };
  for (const series of [[], [odd], [{ name: "one", x: [3], y: [2] }]]) {
    const canvas = drawLineChart({ ...chart, logY: true, series });
    assertEquals([canvas.width, canvas.height], [400, 200]);
  }
});
