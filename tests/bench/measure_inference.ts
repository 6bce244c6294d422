import { square } from "../../lib/base/volume/slice_size.ts";
import { DualNetwork } from "../../lib/learning/models/dual_network.ts";
import { segmentSlices } from "../../lib/learning/models/segment.ts";
import { startBackend } from "../../wasm/mod.ts";
import { type OnnxResult, runOnnx } from "./alternatives/onnx_runtime.ts";
import { type Measurement, median, secondsOf, showSeconds } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";
import { runPeer } from "./peer.ts";
import { refinedLogits } from "./refined_logits.ts";
import { randomBatch, stepRunner } from "./step_runner.ts";

/** Slices of a volume. */
const SLICES = 10;

/**
 * Seconds to segment a volume with both networks; those of onnxruntime-web with the same weights,
 * and of a peer, taken in turn.
 */
export async function measureInference(options: BenchOptions, size: number): Promise<Measurement> {
  const { threads, steps, rounds, peer } = options;
  const backend = await startBackend({ threads });
  const { stepper, step } = stepRunner("standard", 2, 16);
  // So that running statistics are not all 0 and 1.
  for (let i = 0; i < 3; i++) step();
  const parameters = stepper.network.parameters.values();
  // As a run is restored to predict.
  const network = new DualNetwork(stepper.network.options, parameters);
  network.fold();
  const { images } = randomBatch(SLICES, size);
  let latest: Float32Array = new Float32Array();
  const logits = () => void (latest = refinedLogits(network, images, SLICES, size));
  /** The same with classes and reconstruction, as evaluation asks for. */
  const whole = () =>
    void segmentSlices(
      network,
      { images, slices: SLICES, channels: 1, ...square(size) },
      { chunk: SLICES, temperature: 2, reconstruction: true },
    );
  const times = { logits: [] as number[], whole: [] as number[], peer: [] as number[] };
  const onnx: OnnxResult[] = [];
  let onnxFailure: string | undefined;
  for (let i = 0; i < 3; i++) [logits, whole].forEach((run) => run());
  const run = { batch: SLICES, steps, size, threads };
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < steps; i++) {
      times.logits.push(secondsOf(logits));
      times.whole.push(secondsOf(whole));
    }
    if (peer !== undefined) times.peer.push(await runPeer(peer, { ...run, mode: "infer" }));
    try {
      onnx.push(await runOnnx(parameters, images, run));
    } catch (error) {
      onnxFailure = error instanceof Error ? error.message : String(error);
    }
  }
  network.dispose();
  stepper.dispose();
  await backend.stop();
  const secondsPerVolume = median(times.logits), secondsWithAll = median(times.whole);
  const values: Record<string, unknown> = {
    ...{ slices: SLICES, size, threads, secondsPerVolume, secondsWithAll },
  };
  const name = `${SLICES} x ${size} x ${size}, ${threads} threads`;
  const all = `${showSeconds(secondsWithAll)} with classes and reconstruction`;
  const rows = [[name, "Tandem", showSeconds(secondsPerVolume), "1.00", all]];
  const add = (by: string, seconds: number, remark: string) => {
    const ratio = secondsPerVolume / seconds;
    rows.push(["", by, showSeconds(seconds), ratio.toFixed(2), remark]);
    return ratio;
  };
  if (peer !== undefined) {
    const peerSecondsPerVolume = median(times.peer);
    const ratio = add("peer", peerSecondsPerVolume, "");
    Object.assign(values, { peerSecondsPerVolume, ratio });
  }
  if (onnxFailure === undefined) {
    const result = compare(onnx, latest);
    const { busyThreads, largestDeviation, largestLogit } = result;
    const ratio = add(
      "onnxruntime-web",
      result.secondsPerVolume,
      `${busyThreads.toFixed(1)} threads busy; logits differ by ` +
        `${largestDeviation.toExponential(1)} of ${largestLogit.toFixed(1)} at most`,
    );
    values.onnxruntimeWeb = { ...result, ratio };
  } else {
    rows.push(["", "onnxruntime-web", "-", "-", onnxFailure]);
    values.onnxruntimeWeb = { failure: onnxFailure };
  }
  const marks = [{ name: `FTN and STN, ${name}`, seconds: secondsPerVolume }];
  return { values, head: ["FTN + STN", "by", "median", "Tandem / it", "remark"], rows, marks };
}

/** What the rounds of onnxruntime-web come to, and how its logits differ from Tandem's. */
function compare(rounds: readonly OnnxResult[], reference: Float32Array) {
  const { logits } = rounds[0]!;
  if (logits.length !== reference.length) {
    throw new Error(
      `Cannot compare: onnxruntime-web gives ${logits.length} logits, wanted ${reference.length}`,
    );
  }
  // Math.max keeps a NaN.
  return {
    secondsPerVolume: median(rounds.flatMap(({ seconds }) => seconds)),
    busyThreads: median(rounds.map(({ busyThreads }) => busyThreads)),
    largestDeviation: logits.reduce((max, v, i) => Math.max(max, Math.abs(v - reference[i]!)), 0),
    largestLogit: reference.reduce((max, value) => Math.max(max, Math.abs(value)), 0),
  };
}
