/**
 * What goes with weights that leave a run: all that numbers do not tell. It is `config.json` beside
 * exported weights, and stands in the metadata of an ONNX model.
 */
import project from "../../../deno.json" with { type: "json" };
import { z } from "../../base/deps/zod.ts";
import { type RunData, runDataSchema } from "../../imaging/data/cases/run_data.ts";
import { NETWORKS } from "../../names.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";

/** Version of the record. */
export const MODEL_FORMAT = "tandem-model/1";

/** The schema of a {@linkcode ModelRecord} as JSON. */
export const modelRecordSchema = z.strictObject({
  format: z.literal(MODEL_FORMAT),
  /** The version of Tandem that wrote it. */
  version: z.string(),
  /** The network whose logits an ONNX model gives; absent beside weights, which are of all. */
  network: z.enum(NETWORKS).exactOptional(),
  model: z.strictObject({
    /** Channels at full size. */
    baseWidth: z.number().int().min(1),
    /** Times that slices are halved; their sides are multiples of 2 to this. */
    levels: z.number().int().min(1),
  }),
  method: z.strictObject({
    networks: z.enum(["dual", "segmentation"]),
    /** Divides the logits in front of the slow-thinking network. */
    temperature: z.number().positive(),
    /** What the slow-thinking network is given: probabilities, or labels as zeros and ones. */
    shapePrior: z.enum(["predictions", "degraded-labels"]),
  }),
  /** Task and preparation, as `data.json` of a run; without what they were chosen from. */
  data: runDataSchema,
});

/** Architecture, method, task and preparation of exported weights. */
export type ModelRecord = z.infer<typeof modelRecordSchema>;

/** The record of a run's networks. It tells no path, no subject and no statistics of the training set. */
export function modelRecord(
  config: Pick<ResolvedConfig, "model" | "method">,
  data: RunData,
): ModelRecord {
  const { networks, temperature, shapePrior } = config.method;
  return {
    format: MODEL_FORMAT,
    version: project.version,
    model: { baseWidth: config.model.baseWidth, levels: data.levels },
    method: { networks, temperature, shapePrior },
    data: { ...data, fingerprint: null },
  };
}
