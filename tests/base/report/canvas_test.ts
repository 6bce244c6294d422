import { decodePng } from "../../../lib/base/deps/png.ts";
import { Canvas, textWidth } from "../../../lib/base/report/canvas.ts";
import { assert, assertEquals, assertThrows } from "../../deps.ts";

Deno.test("Canvas.png() holds the pixels that were set, and clips what lies outside", () => {
  const canvas = new Canvas(3, 2, [10, 20, 30]);
  canvas.set(1, 0, [200, 100, 0], 0.5);
  canvas.fillRect(2, 1, 99, 99, [1, 2, 3]);
  canvas.set(-1, 5, [255, 255, 255]);
  const { width, height, data } = decodePng(canvas.png());
  assertEquals([width, height], [3, 2]);
  assertEquals([...data], [
    ...[10, 20, 30, 105, 60, 15, 10, 20, 30],
    ...[10, 20, 30, 10, 20, 30, 1, 2, 3],
  ]);
});

Deno.test("Canvas.polyline() covers a level line fully and joints once", () => {
  const canvas = new Canvas(9, 5);
  canvas.polyline([[1, 2.5], [4, 2.5], [8, 2.5]], [0, 0, 0], 1, 0.5);
  assertEquals(canvas.at(2, 2), canvas.at(4, 2));
  assertEquals(canvas.at(4, 2), [128, 128, 128]);
  assertEquals(canvas.at(4, 0), [255, 255, 255]);
});

Deno.test("Canvas.text() writes within its width, from either end and upwards", () => {
  const ink = (style: Parameters<Canvas["text"]>[3]) => {
    const canvas = new Canvas(40, 40);
    canvas.text("Tandem", 20, 20, style);
    const xs = [], ys = [];
    for (let y = 0; y < 40; y++) {
      for (let x = 0; x < 40; x++) if (canvas.at(x, y)[0] < 255) xs.push(x), ys.push(y);
    }
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), n: xs.length };
  };
  const ends = ink({ align: "right" });
  assert(ends.right < 20 && ends.left >= 0, JSON.stringify(ends));
  const begins = ink({});
  assert(begins.left === 20 && begins.top === 20);
  const upwards = ink({ vertical: true, align: "center" });
  assert(upwards.left >= 20 && upwards.right < 28 && upwards.top < 10);
  assertEquals(textWidth("Tandem"), 35);
});

Deno.test("new Canvas() refuses sides that are no whole pixels", () => {
  assertThrows(() => new Canvas(0, 4), RangeError, "0 x 4");
  assertThrows(() => new Canvas(4, 1.5), RangeError, "4 x 1.5");
});
