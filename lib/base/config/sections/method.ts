import type { MethodName } from "../../../names.ts";
import { z } from "../../deps/zod.ts";
import { maskSchema } from "./mask.ts";
import { wholeNumber } from "./numbers.ts";

const IMAGE_AUGMENTATIONS = [
  "none",
  "rand-mwm",
  "rand-conv",
  "adversarial-noise",
  "adversarial-bias",
  "max-style",
] as const satisfies readonly ("none" | MethodName)[];

const classWeights = z.array(z.number().min(0)).min(2)
  .refine((weights) => weights.some((weight) => weight > 0), "wanted a weight above 0");

/** What is learnt from. */
export const methodSchema = z.strictObject({
  networks: z.enum(["dual", "segmentation"]).default("dual").describe(
    "Both networks and the image decoder, or the encoder and the segmentation decoder alone.",
  ),
  imageAugmentation: z.enum(IMAGE_AUGMENTATIONS).default("none").describe(
    "Hard examples from changed images, by the method of this name; see `lib/learning/baselines`.",
  ),
  shapePrior: z.enum(["predictions", "degraded-labels"]).default("predictions").describe(
    "What the slow-thinking network learns to refine: predictions, or labels that were " +
      "degraded.",
  ),
  latentAugmentation: z.boolean().default(true).describe(
    "Hard examples from masked codes; false = standard training of both networks.",
  ),
  maskScope: z.array(z.enum(["image", "shape"])).min(1).max(2).default(["image", "shape"]).describe(
    "Which codes are masked.",
  ),
  imageMask: maskSchema.prefault({}).describe(
    "How the image code is masked, where `maskScope` holds `image`.",
  ),
  shapeMask: maskSchema.prefault({}).describe(
    "How the shape code is masked, where `maskScope` holds `shape`.",
  ),
  hardImages: z.enum(["decoded", "difference"]).default("decoded").describe(
    "Corrupted images: what the masked code decodes to, or the image itself with the difference that " +
      "the mask makes to its reconstruction, which keeps all detail.",
  ),
  hardWeight: z.number().min(0).default(1).describe(
    "Weight of all terms of hard examples in the loss.",
  ),
  hardRamp: wholeNumber(0).default(0).describe(
    "Steps over which that weight rises from 0.",
  ),
  reconstructionWeight: z.number().min(0).default(1).describe(
    "Weight of the reconstruction terms in the loss.",
  ),
  batchNormPolicy: z.enum(["consistent", "reference"]).default("consistent").describe(
    "Which BatchNorms the hard pass leaves alone: all, or all but the image decoder's.",
  ),
  separateTraining: z.boolean().default(false).describe(
    "Keep the slow-thinking network's loss from training the fast-thinking network.",
  ),
  noise: z.number().min(0).default(0.05).describe(
    "Standard deviation of the Gaussian noise on every training image (intensities 0-1).",
  ),
  temperature: z.number().positive().default(2).describe(
    "Divides the logits before the softmax that feeds the slow-thinking network.",
  ),
  segmentationLoss: z.enum(["ce", "ce+dice"]).default("ce").describe(
    "What segmentations are held to: the cross-entropy, or the soft Dice loss as well.",
  ),
  classWeights: z.union([z.literal("balanced"), classWeights]).nullable().default(null).describe(
    "Weights of the classes in the cross-entropy: null = all pixels weigh the same, `balanced` = " +
      "all classes that a batch shows do, or a weight for each class, background first.",
  ),
}).superRefine(({ networks, latentAugmentation, shapePrior, imageAugmentation }, context) => {
  if (networks === "dual") return;
  const refuse = (key: string, wanted: string) =>
    context.addIssue({
      code: "custom",
      path: [key],
      message: `wanted ${wanted} where method.networks is segmentation`,
    });
  if (latentAugmentation) refuse("latentAugmentation", "false");
  if (shapePrior !== "predictions") refuse("shapePrior", "predictions");
  // It changes styles inside the image decoder, which then learns nothing.
  if (imageAugmentation === "max-style") refuse("imageAugmentation", "another one");
});
