import { assert, assertAlmostEquals, assertThrows } from "../../deps.ts";
import { ssim } from "../../../lib/imaging/metrics/ssim.ts";

function image(value: (i: number, j: number, k: number) => number) {
  const data = new Float32Array(12 * 10 * 2);
  for (let o = 0; o < data.length; o++) {
    data[o] = value(o % 12, Math.floor(o / 12) % 10, Math.floor(o / 120));
  }
  return { data, shape: [12, 10, 2] as const };
}

Deno.test("ssim() is 1 for equal volumes and falls with noise", () => {
  const clean = image((i, j) => Math.sin(i) + j / 5);
  assertAlmostEquals(ssim(clean, clean), 1, 1e-9);
  const worse = (size: number) =>
    image((i, j, k) => Math.sin(i) + j / 5 + size * Math.sin(7 * i * j + 3 * k));
  assert(ssim(worse(0.2), clean) < 0.99 && ssim(worse(0.6), clean) < ssim(worse(0.2), clean));
});

Deno.test("ssim() of one window is Wang's formula", () => {
  const clean = {
    data: Float32Array.from({ length: 49 }, (_, o) => (o * 5) % 11),
    shape: [7, 7, 1] as const,
  };
  const other = { ...clean, data: clean.data.map((value, o) => 0.8 * value + o % 3) };
  const mean = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / 49;
  const [mx, my] = [mean(other.data), mean(clean.data)];
  let vx = 0, vy = 0, cov = 0;
  for (let o = 0; o < 49; o++) {
    const a = other.data[o]! - mx, b = clean.data[o]! - my;
    vx += a * a / 48;
    vy += b * b / 48;
    cov += a * b / 48;
  }
  const c1 = 0.1 ** 2, c2 = 0.3 ** 2;
  const want = (2 * mx * my + c1) * (2 * cov + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2));
  assertAlmostEquals(ssim(other, clean), want, 1e-6);
});

Deno.test("ssim() refuses other shapes and tiny slices", () => {
  const clean = image(() => 1), tiny = { data: new Float32Array(36), shape: [6, 6, 1] as const };
  assertThrows(() => ssim(tiny, clean), TypeError, "6 x 6 x 1");
  assertThrows(() => ssim(tiny, tiny), RangeError, "wanted 7 or more");
});
