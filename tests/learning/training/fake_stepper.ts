import { type Network, NETWORKS } from "../../../lib/names.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import type { RandomStream } from "../../../lib/base/random/random_stream.ts";
import type { Batch } from "../../../lib/imaging/data/batches/batch.ts";
import type {
  SegmentationRequest,
  SegmentationResult,
  SliceStack,
} from "../../../lib/learning/models/segmenter.ts";
import type { StepLosses, Stepper } from "../../../lib/learning/training/stepper.ts";
import type { NamedTensors } from "../../../lib/formats/safetensors/tensor_record.ts";
import type { BatchSource } from "../../../lib/learning/training/train.ts";

/**
 * A stepper whose state is two numbers, mixed at each step from the batch, the random stream and
 * the state before: a step that is left out, done twice or drawn anew changes all that follow.
 */
export class FakeStepper implements Stepper {
  /** @param networks The networks that it claims to have. */
  constructor(readonly networks: readonly Network[] = NETWORKS) {}

  weight = new Float32Array(1);
  moment = new Float32Array(1);
  disposed = false;

  step(batch: Batch, rng: RandomStream): StepLosses {
    this.moment[0] = 0.9 * this.moment[0]! + batch.images[0]! + rng.uniform();
    this.weight[0] = this.weight[0]! + 0.1 * this.moment[0]!;
    return { segmentationLoss: this.moment[0]!, totalLoss: this.weight[0]! };
  }

  segment(
    { images, slices }: SliceStack,
    { refinements = 1, probabilities = false, reconstruction = false }: SegmentationRequest = {},
  ): SegmentationResult {
    const classes = Uint8Array.from(images, (value) => Math.round(value * 3));
    // As likely as an intensity is near to a class's.
    const likely = () =>
      Float32Array.from(
        { length: 4 * images.length },
        (_, n) => Math.max(0, 1 - Math.abs(3 * images[n >> 2]! - n % 4)),
      );
    const dual = this.networks.includes("stn") && refinements > 0;
    const own = {
      ftn: classes,
      ...probabilities && { probabilities: { ftn: likely(), ...dual && { stn: likely() } } },
      entropy: new Float32Array(slices).fill(0.5),
    };
    if (!dual) return own;
    const passes = Array.from(
      { length: refinements },
      (_, n) => classes.map((value) => n % 2 === 0 ? value : 0),
    );
    return {
      ...own,
      stn: classes.slice(),
      ...reconstruction && { reconstruction: images.map((value) => value + 0.5) },
      ...(refinements > 1 && { passes }),
    };
  }

  hardExample(batch: Batch): { image: Float32Array } {
    return { image: batch.images.map((value) => 1 - value) };
  }

  tensors(): NamedTensors {
    return new Map([
      ["encoder.weight", { shape: [1], data: this.weight.slice() }],
      ["optimizer.m.encoder.weight", { shape: [1], data: this.moment.slice() }],
    ]);
  }

  load(tensors: NamedTensors): void {
    const weight = tensors.get("encoder.weight");
    if (weight?.data.length !== 1) throw new RangeError("tensor encoder.weight is missing");
    this.weight = weight.data.slice();
    this.moment = tensors.get("optimizer.m.encoder.weight")?.data.slice() ?? new Float32Array(1);
  }

  dispose(): void {
    this.disposed = true;
  }
}

/** Batches of one 16 x 16 slice whose first pixel tells their place. */
export function fakeBatches(batchesPerEpoch: number): BatchSource {
  return {
    batchesPerEpoch,
    batchAt(epoch, index) {
      const images = new Float32Array(256).fill((epoch * batchesPerEpoch + index) / 100);
      return { images, labels: new Uint8Array(256), ...square(16), channels: 1, batch: 1 };
    },
  };
}
