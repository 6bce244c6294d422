import { type BackendOptions, startBackend, tf } from "../../../wasm/mod.ts";
import project from "../../../deno.json" with { type: "json" };
import { wasmFeatures } from "./features.ts";
import type { DeviceName } from "../../names.ts";
import { examineCards } from "./examine_cards.ts";
import { type Check, selfCheck } from "./self_check.ts";

/** What `examine` finds; plain JSON. */
export interface Examination {
  /** Versions, threads, features and timings by name. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly checks: readonly Check[];
  /** Whether every check passed. */
  readonly passed: boolean;
}

/** How to look at a machine. */
export interface ExamineOptions extends BackendOptions {
  /** With a card, it is checked and timed too; not by default. */
  readonly device?: DeviceName;
}

/**
 * Tells what this machine offers, checks the backend's arithmetic, and times it; and the same of its
 * graphics card where it is asked for.
 *
 * @throws {RangeError} If `threads` is not a whole number from 1 to 64.
 * @throws {NoCardError} If `device` is `gpu` and there is no card.
 */
export async function examine(
  { device = "cpu", ...options }: ExamineOptions = {},
): Promise<Examination> {
  const started = performance.now();
  const backend = await startBackend(options);
  const startMs = performance.now() - started;
  const own = selfCheck();
  const gigaflops = timeConvolution();
  const card = await examineCards(device);
  const checks = [...own, ...card.checks];
  const { simd, relaxedSimd } = wasmFeatures();
  return {
    facts: {
      "Tandem": project.version,
      "Deno": Deno.version.deno,
      "V8": Deno.version.v8,
      "TensorFlow.js": tf.version_core,
      "platform": `${Deno.build.os} ${Deno.build.arch}`,
      "cores": navigator.hardwareConcurrency,
      "threads": backend.threads,
      "SIMD": simd,
      "relaxed SIMD": relaxedSimd,
      "shared memory": backend.sharedMemory,
      "backend start (ms)": Math.round(startMs),
      "convolution 3x3, 16 to 16 channels, 96 x 96 x 10 (GFLOP/s)": Number(gigaflops.toFixed(1)),
      "heap (MB)": Math.round(backend.heapBytes() / 2 ** 20),
      ...card.facts,
    },
    checks,
    passed: checks.every(({ passed }) => passed),
  };
}

/** The speed of one typical convolution, the best of several runs. */
function timeConvolution(): number {
  const [batch, size, channels] = [10, 96, 16];
  const operations = 2 * batch * size * size * channels * channels * 9;
  let best = 0;
  tf.tidy(() => {
    const image = tf.ones([batch, size, size, channels]) as ReturnType<typeof tf.tensor4d>;
    const filter = tf.ones([3, 3, channels, channels]) as ReturnType<typeof tf.tensor4d>;
    for (let run = 0; run < 5; run++) {
      const started = performance.now();
      tf.tidy(() => void tf.conv2d(image, filter, 1, "same"));
      best = Math.max(best, operations / (performance.now() - started) / 1e6);
    }
  });
  return best;
}
