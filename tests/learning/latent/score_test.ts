import { assertEquals } from "../../deps.ts";
import { scoreEntries, type ScoreName } from "../../../lib/learning/latent/score.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

// Two samples of two positions and three channels.
const SHAPE = { batch: 2, positions: 2, channels: 3 };
const GRADIENT = Float32Array.of(1, -2, 3, 3, -4, 5, 0, 6, -3, 2, 0, 1);
const CODE = Float32Array.of(1, 1, 2, 0, 2, 1, 5, 1, 1, 1, 3, 0);

function scores(name: ScoreName, axis: "channel" | "spatial") {
  const random = RandomStream.fromSeed(1);
  return [...scoreEntries(GRADIENT, CODE, SHAPE, axis, name, random)];
}

const close = (values: number[]) => values.map((value) => Math.round(value * 1e6) / 1e6);

Deno.test("scoreEntries() takes the signed mean over the other axis", () => {
  assertEquals(scores("signed", "channel"), [2, -3, 4, 1, 3, -1]);
  assertEquals(close(scores("signed", "spatial")), close([2 / 3, 4 / 3, 1, 1]));
});

Deno.test("scoreEntries() offers the mean's size, its negative, and gradient times code", () => {
  assertEquals(scores("absolute", "channel"), [2, 3, 4, 1, 3, 1]);
  assertEquals(scores("negative", "channel"), [-2, 3, -4, -1, -3, 1]);
  // -mean of g z: -(1 + 0) / 2, -(-2 - 8) / 2, -(6 + 5) / 2; -(0 + 2) / 2, -(6 + 0) / 2, ..
  assertEquals(scores("gradient-x-code", "channel"), [-0.5, 5, -5.5, -1, -3, 1.5]);
  assertEquals(close(scores("gradient-x-code", "spatial")), close([-5 / 3, 1, -1, -2 / 3]));
});

Deno.test("scoreEntries() draws random scores from the stream alone", () => {
  const random = scores("random", "channel");
  assertEquals(random, scores("random", "channel"));
  assertEquals(new Set(random).size, 6);
  assertEquals(random.every((value) => value >= 0 && value < 1), true);
  assertEquals(scores("random", "spatial").length, 4);
});
