import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { softmax, startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { onCpu } from "../cpu_backend.ts";
import {
  assertClose,
  assertGradient,
  dot,
  randomValues,
  type Shape4,
  sizeOf,
  softmax as reference,
} from "../reference.ts";

await startBackend({ threads: 2 });

// One pixel; a rest of 1, 2, 3 pixels behind whole fours; more than one chunk of 4096 pixels.
const SHAPES: readonly Shape4[] = [
  [1, 1, 1, 2],
  [1, 3, 3, 4],
  [2, 5, 3, 3],
  [1, 1, 7, 5],
  [1, 67, 63, 2],
];

for (const shape of SHAPES) {
  for (const temperature of [1, 2, 0.5]) {
    Deno.test(`softmax() [${shape}] at temperature ${temperature}: value and gradient`, async () => {
      const classes = shape[3], logits = randomValues("logits", sizeOf(shape), -6, 6);
      const values = Float64Array.from(logits), weights = randomValues("dp", logits.length);
      const expected = await onCpu(() =>
        tf.softmax(tf.div(tf.tensor4d(logits, shape), temperature)).dataSync()
      );
      tf.tidy(() => {
        const x = tf.tensor4d(logits, shape);
        assertClose(softmax(x, temperature).dataSync(), expected, 2e-6, "p");
        const gradient = tf.grad((x) => softmax(x as Tensor4D, temperature))(
          x,
          tf.tensor4d(weights, shape),
        );
        const loss = () => dot(reference(values, classes, temperature), weights);
        assertGradient(gradient.dataSync(), loss, values, "dlogits");
      });
    });
  }
}

Deno.test("softmax() stays finite for logits of any size", () => {
  tf.tidy(() => {
    const x = tf.tensor4d([1e4, -1e4, 0, -1e4, -1e4, -1e4], [1, 1, 2, 3]);
    assertClose(softmax(x).dataSync(), [1, 0, 0, 1 / 3, 1 / 3, 1 / 3], 1e-6, "p");
  });
});

Deno.test("softmax() leaves no number that is not normal, and keeps NaN", () => {
  tf.tidy(() => {
    const logits = [0, 0, -87.4, 0, 0, -86, NaN, 0, 0];
    const p = softmax(tf.tensor4d(logits, [1, 1, 3, 3])).dataSync();
    assertEquals(p[2], 0, "half of exp(-87.4)");
    assert(p[5]! > 1.1754943508222875e-38, `half of exp(-86) is ${p[5]}`);
    assert(p.slice(6).every(Number.isNaN), `of NaN: ${p.slice(6)}`);
  });
});

Deno.test("softmax() refuses wrong temperatures", () => {
  tf.tidy(() => {
    const x = tf.zeros([1, 2, 2, 3]) as Tensor4D;
    assertThrows(() => softmax(x, 0), RangeError, "temperature is 0, wanted above 0");
    assertThrows(() => softmax(x, NaN), RangeError, "temperature is NaN");
  });
});
