import { vegaSvg } from "../../../lib/base/report/vega_svg.ts";
import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";

const CHART = {
  title: "Dice",
  label: 'Dice of "a" & b',
  width: 300,
  height: 160,
  spec: {
    data: { values: [{ x: 1, y: 0.123456, m: "a" }, { x: 2, y: 0.4, m: "b" }] },
    mark: { type: "circle", opacity: 0.5 },
    encoding: {
      x: { field: "x", type: "quantitative" },
      y: { field: "y", type: "quantitative" },
      color: {
        field: "m",
        type: "nominal",
        legend: null,
        scale: { range: ["var(--a)", "var(--b)"] },
      },
    },
  },
};

Deno.test("vegaSvg() draws a chart of the size asked for, in the page's colours", async () => {
  const svg = await vegaSvg(CHART);
  assertStringIncludes(
    svg,
    '<svg class="chart" role="img" aria-label="Dice of &quot;a&quot; &amp; b"',
  );
  assertStringIncludes(svg, 'width="300" height="160" viewBox="0 0 300 160"');
  assertStringIncludes(svg, 'fill="var(--b)"');
  assertStringIncludes(svg, 'opacity="0.5"');
  assertEquals(svg.match(/fill="var\(--[ab]\)"/g)?.length, 2);
  assert(!/http|script|\d\.\d{3}/.test(svg), svg);
  assertEquals(svg.match(/<circle cx="[\d.]+" cy="[\d.]+" r="[\d.]+"[^>]*\/>/g)?.length, 2, svg);
});

Deno.test("vegaSvg() gives the same text each time", async () => {
  assertEquals(await vegaSvg(CHART), await vegaSvg(CHART));
});
