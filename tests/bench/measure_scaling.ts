import { startBackend } from "../../wasm/mod.ts";
import { type Measurement, median, showSeconds, timed } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";
import { stepRunner } from "./step_runner.ts";

/** One setting of a step. */
interface Setting {
  readonly batch: number;
  readonly size: number;
  readonly threads: number;
}

/**
 * Seconds of the cooperative step as the batch, the side and the thread count grow, each on its own
 * from the smallest size; microseconds a pixel tell whether it grows with the pixels alone.
 */
export async function measureScaling(options: BenchOptions): Promise<Measurement> {
  const { batch, sizes, threads, steps } = options;
  const size = Math.min(...sizes), largest = Math.max(...sizes);
  const sides = [...new Set([size, Math.round((size + largest) / 32) * 16, largest])];
  const batches = [
    ...new Set([batch / 4, batch / 2, batch].map((n) => Math.max(2, Math.round(n)))),
  ];
  const counts = Array.from({ length: threads }, (_, i) => i + 1);
  const axes: Record<string, Setting[]> = {
    batch: batches.map((batch) => ({ batch, size, threads })),
    side: sides.map((size) => ({ batch, size, threads })),
    threads: counts.map((threads) => ({ batch, size, threads })),
  };
  const measured:
    (Setting & { axis: string; secondsPerStep: number; microsecondsPerPixel: number })[] = [];
  for (const [axis, settings] of Object.entries(axes)) {
    for (const setting of settings) {
      const backend = await startBackend({ threads: setting.threads });
      const { stepper, step } = stepRunner("cooperative", setting.batch, setting.size);
      const secondsPerStep = median(timed(step, steps));
      stepper.dispose();
      await backend.stop();
      const pixels = setting.batch * setting.size ** 2;
      const microsecondsPerPixel = secondsPerStep * 1e6 / pixels;
      measured.push({ axis, ...setting, secondsPerStep, microsecondsPerPixel });
    }
  }
  return {
    values: { settings: measured },
    head: ["growing", "batch", "side", "threads", "cooperative step", "us a pixel"],
    rows: measured.map(({ axis, batch, size, threads, secondsPerStep, microsecondsPerPixel }) => [
      ...[axis, batch, size, threads].map(String),
      ...[showSeconds(secondsPerStep), microsecondsPerPixel.toFixed(2)],
    ]),
  };
}
