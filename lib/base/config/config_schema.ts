/**
 * Every setting of a training run with its default: the one place where defaults live, section by
 * section in `sections/`. They are those of the published method (Chen et al., MICCAI 2021, and the
 * authors' code); the presets beside this file say where a run differs. The descriptions are what
 * `tandem settings` and docs/settings.md tell; where a type is not to be read from the schema,
 * `typeInWords` and `rangeInWords` say it.
 */
import { z } from "../deps/zod.ts";
import type { ResolvedConfig } from "./resolved_config.ts";
import { dataSchema } from "./sections/data.ts";
import { evaluationSchema } from "./sections/evaluation.ts";
import { methodSchema } from "./sections/method.ts";
import { modelSchema } from "./sections/model.ts";
import { optimizerSchema } from "./sections/optimizer.ts";
import { outputSchema } from "./sections/output.ts";
import { phantomSchema } from "./sections/phantom.ts";
import { trackingSchema } from "./sections/tracking.ts";
import { trainingSchema } from "./sections/training.ts";

/** A whole configuration; see the descriptions of each section's fields. */
export const configSchema = z.strictObject({
  data: dataSchema.prefault({}).describe(
    "What is read and how it is brought to the network's grid.",
  ),
  phantom: phantomSchema.prefault({}).describe(
    "The synthetic hearts that stand in where no data set is given.",
  ),
  model: modelSchema.prefault({}).describe("The size of the networks."),
  method: methodSchema.prefault({}).describe(
    "What is learnt from: networks, hard examples, masks, noise.",
  ),
  optimizer: optimizerSchema.prefault({}).describe("Adam and its learning rate."),
  training: trainingSchema.prefault({}).describe(
    "How long is trained, on how much at once, and what is saved and validated meanwhile.",
  ),
  evaluation: evaluationSchema.prefault({}).describe(
    "How the trained networks are scored at the end.",
  ),
  output: outputSchema.prefault({}).describe("Where a run is written, and what is drawn."),
  tracking: trackingSchema.prefault({}).describe(
    "Where else a run is told of: TensorBoard's file is always in its folder.",
  ),
});

export type { ResolvedConfig };

/** The settings of one code's mask. */
export type MaskConfig = ResolvedConfig["method"]["imageMask"];

/** Any part of a value: of objects, some keys; lists whole. */
export type DeepPartial<T> = T extends readonly unknown[] ? T
  : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> }
  : T;

/** Some settings; the others keep their defaults. */
export type PartialConfig = DeepPartial<Omit<ResolvedConfig, "data">> & {
  readonly data?: DeepPartial<Omit<ResolvedConfig["data"], "size">> & {
    /** A side, `"64x48"` or `[64, 48]` (height x width), or as it is resolved. */
    readonly size?: ResolvedConfig["data"]["size"] | number | string | readonly number[];
  };
};
