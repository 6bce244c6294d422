import { MOST_PHANTOM_SUBJECTS, SITE_NAMES } from "../../../names.ts";
import { z } from "../../deps/zod.ts";
import { seed, wholeNumber } from "./numbers.ts";

/** What stands in where no data set is given. */
export const phantomSchema = z.strictObject({
  trainingSites: z.array(z.enum(SITE_NAMES)).min(1).default(["A"]).describe(
    "Sites whose subjects are divided into training, validation and test.",
  ),
  subjects: wholeNumber(1, MOST_PHANTOM_SUBJECTS).default(24).describe(
    "Subjects of each training site.",
  ),
  otherSubjects: wholeNumber(0, MOST_PHANTOM_SUBJECTS).default(4).describe(
    "Subjects of each other site, all for the test.",
  ),
  seed: seed.default(0).describe("Seed of the anatomies and scans."),
});
