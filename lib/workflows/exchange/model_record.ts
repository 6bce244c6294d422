/**
 * What goes with weights that leave a run: all that numbers do not tell. It is `config.json` beside
 * exported weights, and stands in the metadata of an ONNX model.
 */
import project from "../../../deno.json" with { type: "json" };
import { z } from "../../base/deps/zod.ts";
import { type RunData, runDataSchema } from "../../imaging/data/cases/run_data.ts";
import {
  type Postprocessing,
  postprocessingFields,
} from "../../formats/run_folder/postprocessing.ts";
import { type Network, NETWORKS } from "../../names.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";

/** Version of the record. */
export const MODEL_FORMAT = "tandem-model/1";

/** Of a {@linkcode ModelRecord} what a page is told, too. */
export const modelFields = {
  model: z.strictObject({
    baseWidth: z.number().int().min(1),
    levels: z.number().int().min(1),
  }),
  method: z.strictObject({
    networks: z.enum(["dual", "segmentation"]),
    temperature: z.number().positive(),
    shapePrior: z.enum(["predictions", "degraded-labels"]),
  }),
  data: runDataSchema,
};

/** The schema of a {@linkcode ModelRecord} as JSON. */
export const modelRecordSchema: z.ZodType<ModelRecord> = z.strictObject({
  format: z.literal(MODEL_FORMAT),
  version: z.string(),
  network: z.enum(NETWORKS).exactOptional(),
  ...modelFields,
  postprocessing: z.object(postprocessingFields).exactOptional(),
});

/** Architecture, method, task and preparation of exported weights. */
export interface ModelRecord {
  /** Version of the record. */
  format: "tandem-model/1";
  /** The version of Tandem that wrote it. */
  version: string;
  /** Architecture, besides the numbers of channels and classes, which `data.task` tells. */
  model: {
    /** Channels at full size. */
    baseWidth: number;
    /** Times that slices are halved; their sides are multiples of 2 to this. */
    levels: number;
  };
  /** What of the method predictions depend on. */
  method: {
    /** Whether both networks are there, or the fast-thinking one alone. */
    networks: "segmentation" | "dual";
    /** Divides the logits in front of the slow-thinking network. */
    temperature: number;
    /** What the slow-thinking network is given: probabilities, or labels as zeros and ones. */
    shapePrior: "predictions" | "degraded-labels";
  };
  /** Task and preparation, as `data.json` of a run; without what they were chosen from. */
  data: RunData;
  /** The network whose logits an ONNX model gives; absent beside weights, which are of all. */
  network?: Network;
  /** What the run's validation says of its predictions, where `tandem postprocess` has looked. */
  postprocessing?: Postprocessing;
}

/**
 * The record of a run's networks. It tells no path, no subject and no statistics of the training set.
 *
 * @param postprocessing Of the same weights.
 */
export function modelRecord(
  config: Pick<ResolvedConfig, "model" | "method">,
  data: RunData,
  postprocessing?: Postprocessing,
): ModelRecord {
  const { networks, temperature, shapePrior } = config.method;
  return {
    format: MODEL_FORMAT,
    version: project.version,
    model: { baseWidth: config.model.baseWidth, levels: data.levels },
    method: { networks, temperature, shapePrior },
    data: { ...data, fingerprint: null },
    ...postprocessing && { postprocessing },
  };
}
