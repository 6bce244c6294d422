import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { sampleAcquisition } from "../../../lib/imaging/phantom/acquisition.ts";
import { blurSlice, pointSpread, scanSlice } from "../../../lib/imaging/phantom/scanner.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

const scan = {
  ...sampleAcquisition("A", RandomStream.fromSeed(1)),
  matrix: [32, 32, 1] as const,
  shading: [0, 0, 0, 0, 0, 0],
  banding: [0, 0] as const,
};

Deno.test("blurSlice() keeps a flat image and spreads a point by the kernel along both axes", () => {
  const kernel = pointSpread(0.8, 0.2);
  assertAlmostEquals(kernel.reduce((sum, weight) => sum + weight, 0), 1, 1e-6);
  const flat = new Float32Array(12).fill(3);
  blurSlice(flat, 4, 3, kernel);
  for (const value of flat) assertAlmostEquals(value, 3, 1e-5);
  const point = new Float32Array(15 * 11);
  point[5 * 15 + 7] = 1;
  blurSlice(point, 15, 11, kernel);
  assertAlmostEquals(point[6 * 15 + 9]!, kernel[4]! * kernel[5]!, 1e-7);
});

Deno.test("scanSlice() shows fat and water alike and a black line between them", () => {
  const signal = Float32Array.from({ length: 1024 }, (_, i) => i % 32 < 16 ? 0.8 : -0.8);
  scanSlice(signal, { ...scan, noise: 0, blurPixels: 1, ringing: 0 }, 0, 0);
  assertAlmostEquals(signal[16 * 32 + 4]!, 0.8, 1e-5);
  assertAlmostEquals(signal[16 * 32 + 28]!, 0.8, 1e-5);
  assert(signal[16 * 32 + 15]! < 0.4 && signal[16 * 32 + 16]! < 0.4);
});

Deno.test("scanSlice() adds Rician noise: Rayleigh in air, other noise at the other phase", () => {
  const at = (phase: number) => {
    const air = new Float32Array(1024);
    scanSlice(air, { ...scan, noise: 0.1 }, 0, phase);
    return air;
  };
  const mean = at(0).reduce((sum, value) => sum + value, 0) / 1024;
  assertAlmostEquals(mean, 0.1 * Math.sqrt(Math.PI / 2), 0.005);
  assertEquals(at(0), at(0));
  assert(at(0)[0] !== at(1)[0]);
});
