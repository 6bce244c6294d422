import { assert, assertEquals, assertThrows, fc } from "../../deps.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

Deno.test("RandomStream gives frozen outputs, so that no update drifts in silence", () => {
  const stream = RandomStream.fromSeed(42).stream("augment", 3, "patient001");
  assertEquals([stream.integer(0, 999), stream.integer(0, 999), stream.integer(0, 999)], FROZEN);
});
const FROZEN = [376, 687, 682];

Deno.test("RandomStream.stream() does not depend on the parent's position", () => {
  fc.assert(fc.property(fc.nat(), fc.string(), fc.integer({ min: 0, max: 20 }), (seed, name, n) => {
    const fresh = RandomStream.fromSeed(seed);
    const used = RandomStream.fromSeed(seed);
    for (let i = 0; i < n; i++) used.uniform();
    return fresh.stream(name, 1).uniform() === used.stream(name, 1).uniform();
  }));
});

Deno.test("RandomStream.fromState() continues where state() was taken", () => {
  const stream = RandomStream.fromSeed(1);
  stream.normal();
  const copy = RandomStream.fromState(JSON.parse(JSON.stringify(stream.state())));
  for (let i = 0; i < 5; i++) assertEquals(copy.uniform(), stream.uniform());
  assertEquals(copy.stream("x").uniform(), stream.stream("x").uniform());
});

Deno.test("RandomStream names that differ give streams that differ", () => {
  const root = RandomStream.fromSeed(0);
  const firsts = new Set<number>();
  for (let i = 0; i < 1000; i++) firsts.add(root.stream("case", i).uniform());
  firsts.add(root.stream("case1", 1).uniform()).add(root.stream("case", "11").uniform());
  assertEquals(firsts.size, 1002);
});

Deno.test("RandomStream draws have the moments of their laws", () => {
  const stream = RandomStream.fromSeed(5);
  let sum = 0, squares = 0, mean = 0;
  const n = 20000;
  for (let i = 0; i < n; i++) {
    const value = stream.normal(2, 3);
    sum += value;
    squares += (value - 2) ** 2;
    mean += stream.uniform(-1, 3) / n;
  }
  assert(
    Math.abs(sum / n - 2) < 0.1 && Math.abs(squares / n - 9) < 0.4 && Math.abs(mean - 1) < 0.05,
  );
  assertEquals(stream.shuffled([1, 2, 3, 4]).sort(), [1, 2, 3, 4]);
});

Deno.test("RandomStream.fromSeed() refuses what is no seed", () => {
  assertThrows(() => RandomStream.fromSeed(-1), RangeError, "seed is -1");
  assertThrows(() => RandomStream.fromSeed(0.5), RangeError, "seed is 0.5");
});

Deno.test("normals() draws as many as asked, of the right mean and spread, pairs independent", () => {
  const draws = RandomStream.fromSeed(5).normals(20001, 2, 3);
  assertEquals(draws.length, 20001);
  const centred = [...draws].map((value) => (value - 2) / 3);
  const average = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
  assert(Math.abs(average(centred)) < 0.03);
  assert(Math.abs(average(centred.map((value) => value ** 2)) - 1) < 0.03);
  const products = centred.flatMap((value, i) => i % 2 ? [value * centred[i - 1]!] : []);
  assert(Math.abs(average(products)) < 0.03);
  assertEquals(RandomStream.fromSeed(5).normals(20001, 2, 3), draws);
  assertEquals(RandomStream.fromSeed(5).normals(0), new Float32Array());
});
