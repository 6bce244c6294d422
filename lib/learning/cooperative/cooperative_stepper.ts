/** The real stepper: both networks, their optimiser and the backend they run on. */
import type { Network } from "../../names.ts";
import {
  type AdamOptions,
  heapBytes,
  IGNORED_LABEL,
  softmax,
  type Tensor4D,
  tf,
  withConvolutionAlgorithm,
} from "../../../wasm/mod.ts";
import type { MethodOptions } from "../baselines/method.ts";
import { degradedLabels } from "../baselines/degraded_labels.ts";
import type { AugmentImages } from "../baselines/image_augmentation.ts";
import { imageAugmentationOf } from "../baselines/registry.ts";
import { generateHardExamples, neededCodeGradients } from "../latent/hard_examples.ts";
import type { CodeMask } from "../latent/mask.ts";
import type { StepInputs } from "../latent/step_inputs.ts";
import {
  DualNetwork,
  type DualNetworkOptions,
  dualNetworkSpecs,
  type LatentCodes,
} from "../models/dual_network.ts";
import { DualSegmenter, type SegmenterOptions } from "../models/dual_segmenter.ts";
import type { SegmentationRequest, SegmentationResult, SliceStack } from "../models/segmenter.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { balancedWeights, type SegmentationLoss } from "../nn/segmentation_loss.ts";
import { Adam } from "./adam.ts";
import { cooperativeStep, type OtherExamples } from "./cooperative_step.ts";
import { learningRateAt, type RateOptions } from "./learning_rate.ts";
import type { Batch } from "../../imaging/data/batches/batch.ts";
import type { HardExample, StepLosses, Stepper } from "../training/stepper.ts";
import type { NamedTensors } from "../../formats/safetensors/tensor_record.ts";

/** What a stepper is made of; of the configuration of a run it is a part. */
export interface StepperOptions extends SegmenterOptions {
  /** Size of the networks. */
  readonly model: DualNetworkOptions;
  /** What is learnt from, and how. */
  readonly method: MethodOptions;
  /** Adam's numbers and the course of the learning rate. */
  readonly optimizer: AdamOptions & RateOptions;
}

/** Trains both networks together; see {@linkcode Stepper}. */
export class CooperativeStepper implements Stepper {
  /** The networks that are trained, the fast-thinking one first. */
  readonly networks: readonly Network[];
  /** The networks' parameters and passes. */
  readonly network: DualNetwork;
  readonly #options: StepperOptions;
  readonly #segmenter: DualSegmenter;
  readonly #adam: Adam;

  /**
   * Starts from drawn weights. A backend must run.
   *
   * @param random Draws the weights, each parameter from a stream of its own.
   * @throws {RangeError} If there are class weights, and not one a class.
   */
  constructor(options: StepperOptions, random: RandomStream) {
    const { model, method, optimizer } = options;
    checkClassWeights(method.classWeights, model.classes);
    this.#options = options;
    this.network = DualNetwork.initialise(model, random.stream("initialise"));
    this.#segmenter = new DualSegmenter(this.network, options);
    this.networks = this.#segmenter.networks;
    this.#adam = new Adam(this.network.parameters, dualNetworkSpecs(model), optimizer);
  }

  /** One optimisation step on the batch; all it draws comes from `random`. */
  step(batch: Batch, random: RandomStream): StepLosses {
    return this.#withInputs(batch, random, (inputs) => this.#step(inputs, random));
  }

  #step(inputs: StepInputs, random: RandomStream): StepLosses {
    const { method } = this.#options;
    const { losses, gradients } = cooperativeStep(
      this.network,
      inputs,
      { ...method, hardWeight: rampedWeight(method, this.#adam.steps + 1) },
      method.latentAugmentation
        ? {
          needs: neededCodeGradients(method, random),
          generate: (codes, known) =>
            generateHardExamples(this.network, codes, inputs, method, random, known),
        }
        : undefined,
      this.#others(inputs, random),
    );
    this.#adam.step(
      gradients.sums,
      learningRateAt(this.#options.optimizer, this.#adam.steps + 1),
    );
    gradients.dispose();
    return losses;
  }

  /** Changed images and degraded labels, where the method has such. */
  #others(inputs: StepInputs, random: RandomStream): OtherExamples {
    const { imageAugmentation, shapePrior } = this.#options.method;
    const augment = imageAugmentationOf(imageAugmentation);
    return {
      ...(augment && { images: () => augment(this.network, inputs, random.stream("images")) }),
      ...(shapePrior === "degraded-labels" && {
        degradedLabels: () => degrade(inputs, random.stream("shapes")),
      }),
    };
  }

  /** Segments slices with running statistics; changes no state. */
  segment(stack: SliceStack, request?: SegmentationRequest): SegmentationResult {
    return this.#segmenter.segment(stack, request);
  }

  /** Hard examples of a batch, empty where the method makes none; changes no state. */
  hardExample(batch: Batch, random: RandomStream): HardExample {
    const { latentAugmentation, imageAugmentation } = this.#options.method;
    const augment = imageAugmentationOf(imageAugmentation);
    if (!latentAugmentation && !augment) return {};
    return this.#withInputs(
      batch,
      random,
      (inputs) =>
        latentAugmentation
          ? this.#hardExample(inputs, random)
          : this.#changedImage(augment!, inputs, random),
    );
  }

  #changedImage(augment: AugmentImages, inputs: StepInputs, random: RandomStream): HardExample {
    const changed = augment(this.network, inputs, random).map(({ image }) => image);
    const [image] = changed.map((map) => map.dataSync() as Float32Array);
    tf.dispose(changed);
    return { ...(image && { image }) };
  }

  #hardExample(inputs: StepInputs, random: RandomStream): HardExample {
    const masks: { -readonly [code in keyof LatentCodes]?: CodeMask } = {};
    const decoded = tf.tidy(() => {
      const codes = this.network.encodeImage(inputs.noisyImage, "isolated");
      const { image, logits } = generateHardExamples(
        this.network,
        codes,
        inputs,
        this.#options.method,
        random,
        {},
        (which, mask) => masks[which] = mask,
      );
      return {
        ...(image && { image: image.dataSync() as Float32Array }),
        ...(logits && { probabilities: softmax(logits).dataSync() as Float32Array }),
      };
    });
    return { ...decoded, masks };
  }

  /** A copy of the weights and buffers, and of the optimiser's state under `optimizer.`. */
  tensors(): NamedTensors {
    return new Map([...this.network.parameters.values(), ...this.#adam.values()]);
  }

  /**
   * Takes a state over; one without `optimizer.` entries starts the optimiser afresh.
   *
   * @throws {RangeError} If a tensor is missing, unknown or of another shape.
   */
  load(tensors: NamedTensors): void {
    this.network.parameters.load(tensors);
    this.#adam.load(tensors);
  }

  /** The learning rate of the step that was taken last. */
  learningRate(): number {
    return learningRateAt(this.#options.optimizer, this.#adam.steps);
  }

  /** Bytes of the backend's heap, the peak so far. */
  heapBytes(): number {
    return heapBytes();
  }

  /** Gives the memory of networks and optimiser back. */
  dispose(): void {
    this.#adam.dispose();
    this.#segmenter.dispose();
  }

  /** Runs with the batch on the backend and the configured convolutions. */
  #withInputs<T>(batch: Batch, random: RandomStream, use: (inputs: StepInputs) => T): T {
    const inputs = this.#inputs(batch, random);
    try {
      return withConvolutionAlgorithm(this.#options.training.convolution, () => use(inputs));
    } finally {
      tf.dispose({ ...inputs } as never);
    }
  }

  #inputs(batch: Batch, random: RandomStream): StepInputs {
    const { method, model } = this.#options;
    const shape: [number, number, number, number] = [
      batch.batch,
      batch.height,
      batch.width,
      model.inputChannels,
    ];
    const noisy = random.stream("noise").normals(batch.images.length, 0, method.noise);
    for (let i = 0; i < noisy.length; i++) {
      noisy[i] = Math.min(1, Math.max(0, batch.images[i]! + noisy[i]!));
    }
    const oneHot = new Float32Array(batch.labels.length * model.classes);
    batch.labels.forEach((label, i) => {
      // What nobody labelled has no class.
      if (label === IGNORED_LABEL) return;
      if (label >= model.classes) {
        throw new RangeError(
          `Cannot train: a label is ${label}, wanted 0 to ${model.classes - 1} or ` +
            `${IGNORED_LABEL}, which is ignored`,
        );
      }
      oneHot[i * model.classes + label] = 1;
    });
    return {
      image: tf.tensor4d(batch.images, shape),
      noisyImage: tf.tensor4d(noisy, shape),
      labels: tf.tensor3d(Int32Array.from(batch.labels), [shape[0], shape[1], shape[2]], "int32"),
      oneHot: tf.tensor4d(oneHot, [shape[0], shape[1], shape[2], model.classes]) as Tensor4D,
      loss: lossOf(method, batch.labels, model.classes),
    };
  }
}

/** The weight of hard examples in step number `step`, from 1. */
function rampedWeight({ hardWeight, hardRamp }: MethodOptions, step: number): number {
  return hardRamp === 0 ? hardWeight : hardWeight * Math.min(1, step / hardRamp);
}

/** Refuses weights that are not one a class. */
function checkClassWeights(weights: MethodOptions["classWeights"], classes: number): void {
  if (weights === null || weights === "balanced" || weights.length === classes) return;
  throw new RangeError(
    `Cannot train: method.classWeights are ${weights.length}, wanted ${classes}, one a class`,
  );
}

/** What the segmentations of a batch are held to. */
function lossOf(
  { segmentationLoss, classWeights }: MethodOptions,
  labels: Uint8Array,
  classes: number,
): SegmentationLoss {
  const weights = classWeights === "balanced" ? balancedWeights(labels, classes) : classWeights;
  return { dice: segmentationLoss === "ce+dice", ...(weights && { classWeights: weights }) };
}

/** The labels of a batch, degraded, as probabilities. */
function degrade({ labels, oneHot }: StepInputs, random: RandomStream): Tensor4D {
  const [batch, height, width, classes] = oneHot.shape;
  const values = labels.dataSync() as Int32Array;
  const degraded = degradedLabels(values, { batch, height, width, classes }, random);
  return tf.tensor4d(degraded, oneHot.shape);
}
