import { startBackend } from "../../wasm/mod.ts";
import { type Measurement, median, showSeconds, timed } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";
import { stepRunner } from "./step_runner.ts";

/** Seconds of the cooperative step on one thread, two, and so on. */
export async function measureThreads(options: BenchOptions, size: number): Promise<Measurement> {
  const { batch, threads, steps } = options;
  const counts = Array.from({ length: threads }, (_, i) => i + 1);
  const scaling = [];
  for (const count of counts) {
    const backend = await startBackend({ threads: count });
    const { stepper, step } = stepRunner("cooperative", batch, size);
    scaling.push({ threads: count, secondsPerStep: median(timed(step, steps)) });
    stepper.dispose();
    await backend.stop();
  }
  const single = scaling[0]!.secondsPerStep;
  const measured = scaling.map((one) => ({ ...one, speedup: single / one.secondsPerStep }));
  return {
    values: { batch, size, scaling: measured },
    head: [`threads (cooperative step, ${batch} x ${size} x ${size})`, "median", "speed-up"],
    rows: measured.map(({ threads, secondsPerStep, speedup }) => [
      ...[String(threads), showSeconds(secondsPerStep), `${speedup.toFixed(2)} x`],
    ]),
  };
}
