import { assertEquals } from "../../deps.ts";
import { unitDirections } from "../../../lib/learning/baselines/unit_directions.ts";

Deno.test("unitDirections() gives each image the norm 1", () => {
  const found = unitDirections(Float32Array.of(3, 4, 0, -2), 2);
  assertEquals([...found], [Math.fround(0.6), Math.fround(0.8), 0, -1]);
});

Deno.test("unitDirections() of zeros is what stands in for them, or zeros", () => {
  const values = Float32Array.of(0, 0, 0, 5), other = Float32Array.of(1, 0, 0, 1);
  assertEquals([...unitDirections(values, 2, other)], [1, 0, 0, 1]);
  assertEquals([...unitDirections(values, 2)], [0, 0, 0, 1]);
});
