/** How far a run or a study is, as a page hears it. Runs in a browser, too. */
import { z } from "../../base/deps/zod.ts";
import { hardExampleSchema } from "../../formats/run_folder/hard_example.ts";

const run = z.strictObject({
  kind: z.literal("run"),
  /** Trains, rests (ended or interrupted), or has been evaluated. */
  state: z.enum(["training", "resting", "evaluated"]),
  /** Steps done. */
  step: z.number().int().min(0),
  /** Steps at the most, where the settings tell. */
  totalSteps: z.number().int().nullable(),
  /** Of the last steps. */
  stepsPerSecond: z.number().min(0),
  /** Some of the steps, evenly: step and total loss. */
  losses: z.array(z.tuple([z.number(), z.number()])),
  /** Each validation: its step, and scores (0-1) by name. */
  validations: z.array(z.strictObject({
    step: z.number(),
    scores: z.record(z.string(), z.number()),
  })),
  /** The latest hard example. */
  hardExample: hardExampleSchema.nullable(),
});

const study = z.strictObject({
  kind: z.literal("study"),
  jobs: z.array(z.strictObject({
    id: z.string(),
    state: z.enum(["done", "running", "failed", "left"]),
    /** Steps done. */
    step: z.number().int().min(0),
    /** Whether its folder is there, so that there is a page of it. */
    hasRun: z.boolean(),
    /** Why it failed. */
    reason: z.string().exactOptional(),
  })),
});

/** The schema of a {@linkcode PageProgress}. */
export const pageProgressSchema = z.discriminatedUnion("kind", [run, study]);

/** A moment of a run, or of a study. */
export type PageProgress = z.infer<typeof pageProgressSchema>;

/** A moment of a run. */
export type RunProgress = z.infer<typeof run>;

/** A moment of a study. */
export type StudyProgress = z.infer<typeof study>;
