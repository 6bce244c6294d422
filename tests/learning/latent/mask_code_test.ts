import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import type { MaskConfig } from "../../../lib/base/config/config_schema.ts";
import type { CodeMask } from "../../../lib/learning/latent/mask.ts";
import { maskCode, sampleMask } from "../../../lib/learning/latent/mask_code.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";
import { randomValues, type Shape4 } from "../../wasm/reference.ts";

await startBackend({ threads: 1 });

const config = (settings: Partial<MaskConfig> = {}): MaskConfig =>
  parseConfig({ method: { imageMask: settings } }).method.imageMask;

const draws = (settings: Partial<MaskConfig>, count = 3000) =>
  Array.from(
    { length: count },
    (_, i) => sampleMask(config(settings), RandomStream.fromSeed(1).stream(i)),
  );

Deno.test("sampleMask() draws one of three schemes evenly", () => {
  const all = draws({ scheme: "random" });
  for (const scheme of ["dropout", "spatial", "channel"]) {
    assertAlmostEquals(all.filter((draw) => draw.scheme === scheme).length / 3000, 1 / 3, 0.03);
  }
});

Deno.test("sampleMask() draws the share from [0, maxThreshold), but for dropout", () => {
  const all = draws({ scheme: "random", maxThreshold: 0.4 });
  const shares = all.filter(({ scheme }) => scheme !== "dropout").map(({ share }) => share);
  assert(shares.every((share) => share >= 0 && share < 0.4));
  assertAlmostEquals(shares.reduce((a, b) => a + b) / shares.length, 0.2, 0.01);
  assert(Math.max(...shares) > 0.39 && Math.min(...shares) < 0.01);
  assert(all.every(({ scheme, share }) => scheme !== "dropout" || share === 0.4));
});

Deno.test("sampleMask() keeps a fixed scheme and a fixed share", () => {
  const fixed = draws({ scheme: "spatial", randomThreshold: false, maxThreshold: 0.3 }, 20);
  assert(fixed.every(({ scheme, share }) => scheme === "spatial" && share === 0.3));
});

const SHAPE: Shape4 = [3, 2, 2, 8];
const code = randomValues("code", 3 * 4 * 8, 0.1, 1);
const gradient = randomValues("gradient", code.length);

/** The multiplier of each entry. */
function multipliers(scheme: "dropout" | "spatial" | "channel", share: number, settings = {}) {
  let asked = 0;
  const masked = tf.tidy(() =>
    maskCode(
      tf.tensor4d(code, SHAPE),
      () => (asked++, gradient),
      { scheme, share },
      config(settings),
      RandomStream.fromSeed(1),
    ).dataSync()
  ) as unknown as Float32Array;
  return { asked, values: masked.map((value, i) => value / code[i]!) };
}

Deno.test("maskCode() by dropout doubles or zeroes whole channels, and needs no gradient", () => {
  const { asked, values } = multipliers("dropout", 0.5);
  assertEquals(asked, 0);
  for (let b = 0; b < 3; b++) {
    for (let c = 0; c < 8; c++) {
      const channel = [0, 1, 2, 3].map((p) => values[(b * 4 + p) * 8 + c]!);
      assert([0, 2].some((wanted) => channel.every((v) => Math.abs(v - wanted) < 1e-6)));
    }
  }
  assert(values.some((value) => value === 0) && values.some((value) => value > 1));
});

Deno.test("maskCode() tells what it multiplies by", () => {
  for (const scheme of ["dropout", "channel", "spatial"] as const) {
    const masks: CodeMask[] = [];
    const read = () => gradient, tell = (mask: CodeMask) => void masks.push(mask);
    const tensor = tf.tensor4d(code, SHAPE);
    const found = maskCode(
      tensor,
      read,
      { scheme, share: 0.5 },
      config({}),
      RandomStream.fromSeed(1),
      tell,
    );
    const [{ shape, values, scheme: told }] = masks as [CodeMask];
    assertEquals(told, scheme);
    assertEquals(shape, scheme === "spatial" ? [3, 2, 2, 1] : [3, 1, 1, 8]);
    const again = tf.tidy(() => tf.mul(tensor, tf.tensor4d(values, [...shape])));
    assertEquals(found.dataSync(), again.dataSync());
    tf.dispose([tensor, found, again]);
  }
});

Deno.test("maskCode() masks the channels of the highest mean gradient, whole, in each sample", () => {
  const { asked, values } = multipliers("channel", 0.5, { soft: false });
  assertEquals(asked, 1);
  for (let b = 0; b < 3; b++) {
    const means = Array.from(
      { length: 8 },
      (_, c) => [0, 1, 2, 3].reduce((sum, p) => sum + gradient[(b * 4 + p) * 8 + c]!, 0),
    );
    const top = means.toSorted((x, y) => y - x).slice(0, 4);
    for (let c = 0; c < 8; c++) {
      for (let p = 0; p < 4; p++) {
        const wanted = top.includes(means[c]!) ? 0 : 1;
        assertAlmostEquals(values[(b * 4 + p) * 8 + c]!, wanted, 1e-6);
      }
    }
  }
});

Deno.test("maskCode() masks the positions of the highest mean gradient, in all channels", () => {
  const { values } = multipliers("spatial", 0.5, { soft: true });
  for (let b = 0; b < 3; b++) {
    const means = Array.from(
      { length: 4 },
      (_, p) => [0, 1, 2, 3, 4, 5, 6, 7].reduce((s, c) => s + gradient[(b * 4 + p) * 8 + c]!, 0),
    );
    const top = means.toSorted((x, y) => y - x).slice(0, 2);
    for (let p = 0; p < 4; p++) {
      const position = values.slice((b * 4 + p) * 8, (b * 4 + p + 1) * 8);
      const first = position[0]!;
      assert(position.every((value) => Math.abs(value - first) < 1e-5), "one factor for all");
      if (top.includes(means[p]!)) assert(first < 0.5);
      else assertAlmostEquals(first, 1, 1e-6);
    }
  }
});

Deno.test("maskCode() follows the configured score", () => {
  const signed = multipliers("channel", 0.5, { soft: false }).values;
  const negative = multipliers("channel", 0.5, { soft: false, score: "negative" }).values;
  // Half of the channels: what the one keeps the other takes.
  signed.forEach((value, i) => assertAlmostEquals(value + negative[i]!, 1, 1e-6));
});
