import { z } from "../../deps/zod.ts";

/** Where else a run is told of. */
export const trackingSchema = z.strictObject({
  mlflow: z.string().min(1).refine(
    (text) => !/^[a-z][a-z\d+.-]+:\/\//i.test(text),
    "wanted the folder of a file store, as mlruns; servers and databases are not told",
  ).nullable().default(null).describe(
    "The folder of an MLflow file store, as `mlruns`, that is told of the run's settings, losses and " +
      "scores; null = none. Changes no result.",
  ),
  experiment: z.string().trim().min(1).max(500).nullable().default(null).describe(
    "The name of the run's experiment there; null = `tandem`, in a study the name of its folder.",
  ),
});
