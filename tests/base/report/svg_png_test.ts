import { decodePng } from "../../../lib/base/deps/png.ts";
import { svgOf, svgText, textWidth } from "../../../lib/base/report/svg.ts";
import { svgPng } from "../../../lib/base/report/svg_png.ts";
import { assert, assertEquals, assertRejects } from "../../deps.ts";

/** Where a drawing of 200 x 40 pixels is dark. */
async function ink(body: string) {
  const { width, height, channels, data } = decodePng(
    await svgPng(svgOf({ width: 200, height: 40, body })),
  );
  assertEquals([width, height, channels], [200, 40, 3]);
  const dark = Array.from({ length: width * height }, (_, i) => i).filter((i) =>
    data[3 * i]! < 128
  );
  const xs = dark.map((i) => i % width), ys = dark.map((i) => Math.floor(i / width));
  const most = (values: number[]) => Math.max(...values),
    least = (values: number[]) => Math.min(...values);
  return { left: least(xs), right: most(xs), top: least(ys), bottom: most(ys), data };
}

Deno.test("svgPng() writes text of every script of its font on its baseline", async () => {
  const { left, right, top, bottom } = await ink(svgText("Dice ΔЖé", 20, 30, { size: 16 }));
  assert(left >= 20 && right <= 20 + textWidth("Dice ΔЖé", 16) && right > 80, `${left} ${right}`);
  assert(top > 10 && top < 20 && bottom >= 28 && bottom <= 30, `${top} ${bottom}`);
  const latin = await ink(svgText("???", 20, 30)), drawn = await ink(svgText("ΔЖé", 20, 30));
  assert(latin.data.some((value, i) => value !== drawn.data[i]));
});

Deno.test("svgPng() sets text at either end", async () => {
  const right = await ink(svgText("Tandem", 100, 30, { align: "right" }));
  const left = await ink(svgText("Tandem", 100, 30));
  assert(right.right <= 100 && right.left > 40 && left.left >= 100);
});

Deno.test("svgPng() gives the same bits on any machine", async () => {
  const { data } = await ink(
    svgText("Tandem 0.5", 10, 30, { size: 14 }) +
      '<polyline points="5,5 90,20.5 190,8" fill="none" stroke="#0072b2" stroke-width="1.8"/>',
  );
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(data)));
  assertEquals(hash.toHex().slice(0, 16), "e1ce1f25eda93af0");
});

Deno.test("svgPng() refuses what is no SVG", async () => {
  await assertRejects(() => svgPng("<svg"));
});
