import { z } from "../../deps/zod.ts";

/** What of a BIDS folder is read. */
export const bidsSchema = z.strictObject({
  image: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional().describe(
    "The suffix of images, as `T2w`; one a channel.",
  ),
  labels: z.array(z.strictObject({ name: z.string().min(1), suffix: z.string().min(1) })).min(1)
    .optional().describe(
      "Masks or label maps by their suffix, as `seg-manual`; where they overlap, the later " +
        "one wins.",
    ),
  derivative: z.string().min(1).optional().describe(
    "The folder below `derivatives` that holds them.",
  ),
  domain: z.string().min(1).optional().describe(
    "The column of participants.tsv, or the field of a sidecar, that is the domain.",
  ),
});
