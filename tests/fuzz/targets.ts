/** What can be fuzzed; a new target is an entry in a file of `targets/`, whose file has a line here. */
import { unknownName } from "../../lib/base/text/unknown_name.ts";
import type { FuzzTarget } from "./target.ts";

/** All targets, in the order in which they are fuzzed. Loaded when asked for. */
export async function allTargets(): Promise<readonly FuzzTarget[]> {
  const files = await Promise.all([
    import("./targets/nifti_files.ts"),
    import("./targets/weights.ts"),
    import("./targets/settings.ts"),
    import("./targets/case_lists.ts"),
    import("./targets/dataset_json.ts"),
    import("./targets/bids_tables.ts"),
    import("./targets/run_records.ts"),
    import("./targets/study_records.ts"),
    import("./targets/suite_records.ts"),
    import("./targets/challenge_records.ts"),
    import("./targets/event_files.ts"),
    import("./targets/prepared_cases.ts"),
    import("./targets/dicom_files.ts"),
  ]);
  return files.flatMap(({ TARGETS }) => TARGETS);
}

/** The target of this name; throws RangeError where there is none. */
export async function findTarget(name: string): Promise<FuzzTarget> {
  const all = await allTargets(), found = all.find((target) => target.name === name);
  if (found !== undefined) return found;
  const problem = unknownName("target", name, all.map((target) => target.name));
  throw new RangeError(`Cannot fuzz: ${problem}`);
}
