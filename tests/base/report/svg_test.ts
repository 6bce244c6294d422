import { fittingText, stacked, svgOf, svgText, textWidth } from "../../../lib/base/report/svg.ts";
import { assert, assertEquals } from "../../deps.ts";

Deno.test("svgText() escapes, and writes what the font lacks as ?", () => {
  assert(svgText("a <b> & \u0007c", 1, 2).endsWith(">a &lt;b&gt; &amp; ?c</text>"));
  assert(svgText("Größe μ \u2212 心", 1, 2).endsWith(">Größe μ – ?</text>"));
  assert(svgText("up", 3, 4, { vertical: true, align: "center" }).includes("rotate(-90)"));
});

Deno.test("fittingText() cuts what is too wide and leaves the rest", () => {
  assertEquals(fittingText("short", 100), "short");
  const cut = fittingText("a very long name of a case", 80);
  assert(cut.endsWith("…") && "a very long name".startsWith(cut.slice(0, -1)), cut);
  assert(textWidth(cut) <= 80 && textWidth(cut) > 60);
  assertEquals(fittingText("wide", 0), "w…");
});

Deno.test("stacked() puts drawings below one another", () => {
  const drawing = stacked([
    { width: 10, height: 5, body: "<a/>" },
    { width: 20, height: 7, body: "<b/>" },
  ]);
  assertEquals([drawing.width, drawing.height], [20, 12]);
  assert(drawing.body.includes('<g transform="translate(0 5)"><b/></g>'));
  assert(
    svgOf(drawing).startsWith('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="12"'),
  );
});
