import { adamStep, startBackend, tf } from "../../../wasm/mod.ts";
import { assertClose, randomValues } from "../reference.ts";

await startBackend({ threads: 2 });

const OPTIONS = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

for (const size of [1, 5, 16390]) {
  Deno.test(`adamStep() on ${size} weights follows Adam in float64 over three steps`, () => {
    const weights = randomValues("w", size);
    const w = Float64Array.from(weights), m = new Float64Array(size), v = new Float64Array(size);
    const { learningRate, beta1, beta2, epsilon } = OPTIONS;
    tf.tidy(() => {
      const weight = tf.tensor1d(weights), first = tf.zeros([size]), second = tf.zeros([size]);
      for (let step = 1; step <= 3; step++) {
        const g = randomValues(`g${step}`, size, -1e-3, 1e-3);
        // A gradient of zero must not move a weight that never had another.
        g[0] = 0;
        adamStep({ weight, gradient: tf.tensor1d(g), first, second }, step, OPTIONS);
        for (let i = 0; i < size; i++) {
          m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
          v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! ** 2;
          const [mean, square] = [m[i]! / (1 - beta1 ** step), v[i]! / (1 - beta2 ** step)];
          w[i]! -= learningRate * mean / (Math.sqrt(square) + epsilon);
        }
      }
      const change = weight.dataSync().map((value, i) => value - weights[i]!);
      assertClose(change, w.map((value, i) => value - weights[i]!), 2e-5, "change of the weights");
      assertClose(first.dataSync(), m, 2e-6, "first moment");
      assertClose(second.dataSync(), v, 2e-3, "second moment");
    });
  });
}
