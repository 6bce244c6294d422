/** What a page is told of a run's networks, in `model.json` beside their weights. Runs in a browser, too. */
import { z } from "../../base/deps/zod.ts";
import { modelFields } from "../exchange/model_record.ts";

const network = z.strictObject({
  /** Labels of which the largest piece alone is kept, as validation chose. */
  keepLargest: z.array(z.string()),
  connectivity: z.union([z.literal(6), z.literal(18), z.literal(26)]),
  /** From where on a volume is to be looked at; null where nothing is known. */
  entropy: z.number().nullable(),
  disagreement: z.number().nullable(),
});

/** The schema of a {@linkcode PageModel}. */
export const pageModelSchema = z.strictObject({
  format: z.literal("tandem-page/1"),
  /** What the run is called: its folder. */
  name: z.string(),
  /** Steps that it was trained for. */
  step: z.number().int().min(0),
  /** What the weights take, in bytes. */
  weightsBytes: z.number().int().min(0),
  model: modelFields.model,
  method: modelFields.method,
  /** How 3 x 3 convolutions are computed. */
  convolution: z.enum(["winograd", "direct"]),
  /** Slices that go through the networks at once. */
  chunk: z.number().int().min(1),
  /** Task and preparation; without what they were chosen from. */
  data: modelFields.data,
  /** What the run's own validation says; absent where it says nothing. */
  postprocessing: z.strictObject({ ftn: network, stn: network.exactOptional() }).exactOptional(),
  /** What a person should know, a sentence each. */
  notices: z.array(z.string()),
});

/** Networks of a run, less their weights. It tells no path, no subject and no statistics of the data. */
export type PageModel = Readonly<z.infer<typeof pageModelSchema>>;
