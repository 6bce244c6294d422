// Made by `deno task build:types` of config_schema.ts.
import type { TaskChannel, TaskLabel } from "../task/task.ts";
import type { SliceSize } from "../volume/slice_size.ts";
import type { ArtifactRecipeConfig } from "./artifact_recipe_config.ts";

/** A configuration in which every setting has its value. */
export interface ResolvedConfig {
  /** What is read and how it is brought to the network's grid. */
  data: {
    /** The data set's folder; null = the phantom, made in memory. */
    dir: string | null;
    /** How the folder is laid out; `auto` recognises it. */
    layout: "acdc" | "auto" | "bids" | "decathlon" | "folder" | "mnms" | "nnunet";
    /**
     * What is segmented, background first: `[{"name": "background", "codes": [0]}, …]`, in place of
     * what the layout says; null = as the layout says.
     */
    labels: readonly TaskLabel[] | null;
    /** The channels of an image, `[{"name": "T1"}, …]`; null = as the layout says. */
    channels: readonly TaskChannel[] | null;
    /** Code of voxels that give no loss, no score and no gradient; null = as the layout says. */
    ignore: number | null;
    /** Which files and labels a BIDS folder holds; null = what is there. */
    bids: {
      /** The suffix of images, as `T2w`; one a channel. */
      image?: string | string[] | undefined;
      /**
       * Masks or label maps by their suffix, as `seg-manual`; where they overlap, the later one
       * wins.
       */
      labels?: {
        name: string;
        suffix: string;
      }[] | undefined;
      /** The folder below `derivatives` that holds them. */
      derivative?: string | undefined;
      /** The column of participants.tsv, or the field of a sidecar, that is the domain. */
      domain?: string | undefined;
    } | null;
    /**
     * What of a NIfTI header says where voxels lie; `auto` = the layout's own, or sform, qform,
     * pixdim.
     */
    geometry: "auto" | "pixdim" | "qform" | "sform";
    /** A published division by name, as `acdc-10/cval0`; null = divide subjects by seed. */
    split: string | null;
    /**
     * A file that divides the subjects: nnU-Net's `splits_final.json`, of which `fold` picks one,
     * or a list of `{train, val, test}`; null = divide them by seed.
     */
    splitFile: string | null;
    /**
     * Cross-validation: subjects are dealt to this many parts by seed, of which one is tested on;
     * null = divide them by fractions. Only where no split is named.
     */
    folds: number | null;
    /** Which of the parts is tested on, or which entry of `splitFile` is taken, from 0. */
    fold: number;
    /**
     * Train on so many of the training subjects, drawn by seed (fewer are among more); null = all.
     * Validation and test stay as they are.
     */
    trainingSubjects: number | null;
    /** Take subjects out of validation that a named split also trains on, instead of failing. */
    dropLeaks: boolean;
    /** Seed of the division of subjects. */
    seed: number;
    /**
     * Share of the subjects (0-1) kept for validation where no split is named; in cross-validation,
     * of those that are not tested on.
     */
    validationFraction: number;
    /**
     * Share of the subjects (0-1) kept for the test where no split is named and `folds` is null.
     */
    testFraction: number;
    /**
     * The slices that the network sees, in pixels: one side, or height x width, multiples of 16;
     * `auto` = what holds the training subjects' foreground, or whole slices where they are small.
     */
    size: "auto" | SliceSize;
    /**
     * Pixel spacing in mm in the slice plane, after resampling; `auto` = the training subjects'
     * median.
     */
    spacing: "auto" | number;
    /**
     * The file's axis that slices are stacked along, from 0; `auto` = the one of the largest
     * spacing.
     */
    sliceAxis: "auto" | 0 | 1 | 2;
    /**
     * Slices larger than `size`: cut to their centre, or trained on crops and predicted in tiles.
     */
    larger: "crop" | "tiles";
    /**
     * Scale intensities slice by slice, volume by volume, or (`ct`) by a window that is the same
     * for all: the 0.5 and 99.5 percentiles of the training subjects' foreground.
     */
    intensity: "ct" | "slice" | "volume";
    /** Image-space augmentation of half of each batch: with flips and turns, without, or none. */
    augmentation: "none" | "turned" | "upright";
    /** Training slices without foreground: give way to others of their volume, or are shown. */
    emptySlices: "keep" | "replace";
    /** The original half of each batch shows the same slices as the augmented half, or others. */
    originals: "others" | "same";
    /** Artifacts on the augmented half of each batch, slice by slice; null = none. */
    artifacts: {
      artifact: string;
      mode?: "monai" | "physical" | "torchio" | undefined;
      severity?: number | undefined;
      options?: Record<string, unknown> | undefined;
    } | {
      chain: ArtifactRecipeConfig[];
    } | {
      oneOf: ArtifactRecipeConfig[];
    } | {
      probability: number;
      of: ArtifactRecipeConfig;
    } | null;
    /** Scale the other half slice by slice, as evaluation does; false = by volume only. */
    normaliseOriginals: boolean;
    /**
     * The folder where prepared volumes are kept for all runs; `auto` = where the system keeps
     * caches, null or `none` = nowhere. Changes no result.
     */
    cache: string | null;
    /**
     * GB of prepared volumes that are kept in memory, besides those of the batch in hand. Changes
     * no result.
     */
    memory: number;
  };
  /** The synthetic hearts that stand in where no data set is given. */
  phantom: {
    /** Sites whose subjects are divided into training, validation and test. */
    trainingSites: ("A" | "B" | "C" | "D" | "E")[];
    /** Subjects of each training site. */
    subjects: number;
    /** Subjects of each other site, all for the test. */
    otherSubjects: number;
    /** Seed of the anatomies and scans. */
    seed: number;
  };
  /** The size of the networks. */
  model: {
    /** Channels at full resolution; deeper levels have 2, 4 and 8 times as many. */
    baseWidth: number;
    /**
     * Times that the networks halve a slice before they decode it; `auto` = as often as leaves the
     * latent code 12 positions a side, two to four times.
     */
    levels: "auto" | number;
  };
  /** What is learnt from: networks, hard examples, masks, noise. */
  method: {
    /** Both networks and the image decoder, or the encoder and the segmentation decoder alone. */
    networks: "dual" | "segmentation";
    /**
     * Hard examples from changed images, by the method of this name; see `lib/learning/baselines`.
     */
    imageAugmentation:
      | "adversarial-bias"
      | "adversarial-noise"
      | "max-style"
      | "none"
      | "rand-conv"
      | "rand-mwm";
    /**
     * What the slow-thinking network learns to refine: predictions, or labels that were degraded.
     */
    shapePrior: "degraded-labels" | "predictions";
    /** Hard examples from masked codes; false = standard training of both networks. */
    latentAugmentation: boolean;
    /** Which codes are masked. */
    maskScope: ("image" | "shape")[];
    /** How the image code is masked, where `maskScope` holds `image`. */
    imageMask: {
      /** How entries of the code are chosen; `random` draws one of the other three a step. */
      scheme: "channel" | "dropout" | "random" | "spatial";
      /** Largest share of the code that is masked, 0 to below 1. */
      maxThreshold: number;
      /** Draw the share from 0 to `maxThreshold` each step, or always take `maxThreshold`. */
      randomThreshold: boolean;
      /** Multiply masked entries by a draw from 0 to 0.5, or by 0. */
      soft: boolean;
      /** What makes an entry worth masking, from the gradient of the decoder's loss. */
      score: "absolute" | "gradient-x-code" | "negative" | "random" | "signed";
    };
    /** How the shape code is masked, where `maskScope` holds `shape`. */
    shapeMask: {
      /** How entries of the code are chosen; `random` draws one of the other three a step. */
      scheme: "channel" | "dropout" | "random" | "spatial";
      /** Largest share of the code that is masked, 0 to below 1. */
      maxThreshold: number;
      /** Draw the share from 0 to `maxThreshold` each step, or always take `maxThreshold`. */
      randomThreshold: boolean;
      /** Multiply masked entries by a draw from 0 to 0.5, or by 0. */
      soft: boolean;
      /** What makes an entry worth masking, from the gradient of the decoder's loss. */
      score: "absolute" | "gradient-x-code" | "negative" | "random" | "signed";
    };
    /**
     * Corrupted images: what the masked code decodes to, or the image itself with the difference
     * that the mask makes to its reconstruction, which keeps all detail.
     */
    hardImages: "decoded" | "difference";
    /** Weight of all terms of hard examples in the loss. */
    hardWeight: number;
    /** Steps over which that weight rises from 0. */
    hardRamp: number;
    /** Weight of the reconstruction terms in the loss. */
    reconstructionWeight: number;
    /** Which BatchNorms the hard pass leaves alone: all, or all but the image decoder's. */
    batchNormPolicy: "consistent" | "reference";
    /** Keep the slow-thinking network's loss from training the fast-thinking network. */
    separateTraining: boolean;
    /** Standard deviation of the Gaussian noise on every training image (intensities 0-1). */
    noise: number;
    /** Divides the logits before the softmax that feeds the slow-thinking network. */
    temperature: number;
    /** What segmentations are held to: the cross-entropy, or the soft Dice loss as well. */
    segmentationLoss: "ce" | "ce+dice";
    /**
     * Weights of the classes in the cross-entropy: null = all pixels weigh the same, `balanced` =
     * all classes that a batch shows do, or a weight for each class, background first.
     */
    classWeights: "balanced" | number[] | null;
  };
  /** Adam and its learning rate. */
  optimizer: {
    /** Step size of Adam, at the start where `schedule` lowers it. */
    learningRate: number;
    /** How the rate goes on: it stays, or falls to 0 along half a cosine. */
    schedule: "constant" | "cosine";
    /**
     * Steps until a `cosine` schedule is at its end; null = all that the run has when it begins.
     */
    decaySteps: number | null;
    /** Decay of Adam's mean of gradients, 0 to below 1. */
    beta1: number;
    /** Decay of Adam's mean of squared gradients, 0 to below 1. */
    beta2: number;
    /** Added to the root of Adam's mean of squared gradients, so that none divides by 0. */
    epsilon: number;
  };
  /** How long is trained, on how much at once, and what is saved and validated meanwhile. */
  training: {
    /** Passes over the training slices. */
    epochs: number;
    /** Stop after this many steps in all; null = no limit. */
    maxSteps: number | null;
    /** Stop after this many seconds of one sitting; null = no limit. */
    maxTime: number | null;
    /** Slices a step: half of them augmented, the other half the same slices as they are. */
    batchSize: number;
    /** Seed of the weights, the order of the slices, augmentation, noise and masks. */
    seed: number;
    /**
     * The folder of a run whose best weights training begins with, wherever names and shapes agree;
     * null = all are drawn.
     */
    init: string | null;
    /** Threads of the backend; null = all cores. Changes no result. */
    threads: number | null;
    /**
     * What computes: the processor, a graphics card through WebGPU, or (`auto`) a card where there
     * is one that is no software. A card rounds otherwise.
     */
    device: "auto" | "cpu" | "gpu";
    /**
     * How 3 x 3 convolutions are computed on the processor: fast by Winograd's algorithm, or as the
     * sums themselves.
     */
    convolution: "direct" | "winograd";
    /** Save the state after every so many steps, besides the end of each epoch. */
    checkpointEverySteps: number;
    /** Score the validation subjects after every so many epochs. */
    validateEveryEpochs: number;
    /** Stop after this many validations without a better score; null = never. */
    patience: number | null;
  };
  /** How the trained networks are scored at the end. */
  evaluation: {
    /** Where Dice is taken: in the file's own voxels, or on the network's cropped grid. */
    grid: "native" | "network";
    /** Slices that go through the network at once. */
    chunk: number;
    /**
     * Times that the slow-thinking network is applied, each to what the one before made; Dice is
     * taken after each.
     */
    refinements: number;
    /**
     * What a class counts that is in neither prediction nor label of a volume: `skip` = it is left
     * out of the means and counted beside them, as in nnU-Net; `one` = as perfect; `zero` = a Dice
     * of 0.
     */
    empty: "one" | "skip" | "zero";
    /** Millimetres within which surfaces count as one in the surface Dice. */
    surfaceTolerances: number[];
    /** Labels whose connected components are counted as lesions: found, missed, made up. */
    lesions: string[];
    /**
     * Millimetres that count as HD95 and ASSD where just one of prediction and label holds a class;
     * null = such masks are left out of the means.
     */
    distancePenalty: number | null;
    /** Clean test volumes on which the fall of Dice with artifacts is measured, 20 of each. */
    severityVolumes: number;
    /** Also evaluate on the four artifact sets of the paper, made from the test subjects. */
    artifacts: boolean;
  };
  /** Where a run is written, and what is drawn. */
  output: {
    /** The run folder; null = the next free `runs/NNN`. */
    dir: string | null;
    /** Draw the loss curves and slices. */
    pictures: boolean;
  };
  /** Where else a run is told of: TensorBoard's file is always in its folder. */
  tracking: {
    /**
     * The folder of an MLflow file store, as `mlruns`, that is told of the run's settings, losses
     * and scores; null = none. Changes no result.
     */
    mlflow: string | null;
    /**
     * The name of the run's experiment there; null = `tandem`, in a study the name of its folder.
     */
    experiment: string | null;
  };
}
