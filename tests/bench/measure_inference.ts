import { startBackend, tf } from "../../wasm/mod.ts";
import { type Measurement, median, secondsOf, showSeconds } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";
import { runPeer } from "./peer.ts";
import { randomBatch, stepRunner } from "./step_runner.ts";

/** Slices of a volume. */
const SLICES = 10;

/** Seconds to segment a volume with both networks; a peer's seconds, taken in turn. */
export async function measureInference(options: BenchOptions, size: number): Promise<Measurement> {
  const { threads, steps, rounds, peer } = options;
  const backend = await startBackend({ threads });
  const { stepper } = stepRunner("standard", 2, 16);
  const { images } = randomBatch(SLICES, size);
  /** FTN and STN from pixels to refined logits. */
  const logits = () =>
    tf.tidy(() => {
      const image = tf.tensor4d(images, [SLICES, size, size, 1]);
      const codes = stepper.network.encodeImage(image, "evaluate");
      const first = stepper.network.decodeSegmentation(codes.shape, "evaluate");
      stepper.network.refineLogits(first, "evaluate").dataSync();
    });
  /** The same with classes and reconstruction, as evaluation asks for. */
  const whole = () => void stepper.segment(images, SLICES, size);
  const times = { logits: [] as number[], whole: [] as number[], peer: [] as number[] };
  for (let i = 0; i < 3; i++) [logits, whole].forEach((run) => run());
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < steps; i++) {
      times.logits.push(secondsOf(logits));
      times.whole.push(secondsOf(whole));
    }
    if (peer !== undefined) {
      times.peer.push(await runPeer(peer, { batch: SLICES, steps, size, threads, mode: "infer" }));
    }
  }
  stepper.dispose();
  await backend.stop();
  const secondsPerVolume = median(times.logits), secondsWithAll = median(times.whole);
  const name = `${SLICES} x ${size} x ${size}, ${threads} threads`;
  const values = { slices: SLICES, size, threads, secondsPerVolume, secondsWithAll };
  const head = ["inference", "FTN + STN", "and classes, reconstruction"];
  const row = [name, showSeconds(secondsPerVolume), showSeconds(secondsWithAll)];
  if (peer === undefined) return { values, head, rows: [row] };
  const peerSecondsPerVolume = median(times.peer), ratio = secondsPerVolume / peerSecondsPerVolume;
  return {
    values: { ...values, peerSecondsPerVolume, ratio },
    head: [...head, "peer", "Tandem / peer"],
    rows: [[...row, showSeconds(peerSecondsPerVolume), ratio.toFixed(2)]],
  };
}
