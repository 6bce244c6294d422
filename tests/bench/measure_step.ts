import { heapBytes, startBackend } from "../../wasm/mod.ts";
import { startCard } from "./start_card.ts";
import { type Measurement, median, secondsOf, showGigabytes, showSeconds } from "./measurement.ts";
import type { BenchOptions, StepKind } from "./options.ts";
import { runPeer } from "./peer.ts";
import { stepRunner } from "./step_runner.ts";

/** Seconds of a training step and the peak of its heap; a peer's seconds, taken in turn. */
export async function measureStep(
  { batch, threads, steps, rounds, peer, device }: BenchOptions,
  kind: StepKind,
  size: number,
): Promise<Measurement> {
  const backend = device === "gpu" ? await startCard() : await startBackend({ threads });
  const runner = stepRunner(kind, batch, size);
  runner.step();
  const seconds: number[] = [], heaps: number[] = [], peerSeconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < steps; i++) {
      seconds.push(secondsOf(runner.step));
      heaps.push(heapBytes());
    }
    if (peer !== undefined) {
      peerSeconds.push(await runPeer(peer, { batch, steps, size, threads, mode: kind }));
    }
  }
  runner.stepper.dispose();
  await backend.stop();
  const values = {
    kind,
    batch,
    size,
    threads,
    device,
    secondsPerStep: median(seconds),
    peakHeapBytes: median(heaps),
    seconds,
  };
  const where = device === "gpu" ? "graphics card" : `${threads} threads`;
  const name = `${kind}, ${batch} x ${size} x ${size}, ${where}`;
  const marks = [{ name: `${name}: step`, seconds: values.secondsPerStep }];
  const row = [
    name,
    showSeconds(values.secondsPerStep),
    `${showSeconds(Math.min(...seconds))} - ${showSeconds(Math.max(...seconds))}`,
    showGigabytes(values.peakHeapBytes),
  ];
  const head = ["training step", "median", "range", "peak heap"];
  if (peer === undefined) return { values, head, rows: [row], marks };
  const peerSecondsPerStep = median(peerSeconds),
    ratio = values.secondsPerStep / peerSecondsPerStep;
  return {
    values: { ...values, peerSecondsPerStep, ratio, peerSeconds },
    head: [...head, "peer", "Tandem / peer"],
    rows: [[...row, showSeconds(peerSecondsPerStep), ratio.toFixed(2)]],
    marks,
  };
}
