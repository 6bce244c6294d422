import { type SuiteEntry, SuiteManifestError } from "./manifest.ts";
import { corrupt, type SuiteInput, type SuiteVolume } from "./make_suite.ts";
import { fingerprint } from "./fingerprint.ts";

/** A volume made again. */
export interface ReplayedVolume extends SuiteVolume {
  /** Whether image and label have the hashes that the manifest records; false for edited parameters. */
  readonly identical: boolean;
}

/**
 * Makes one volume again from its record.
 *
 * @throws {SuiteManifestError} If the input is not the one that the record tells of.
 * @throws {TypeError | RangeError} If the record's parameters are wrong.
 */
export async function replayEntry(
  entry: SuiteEntry,
  input: SuiteInput,
): Promise<ReplayedVolume> {
  const { label, otherFrame } = input.context;
  const given = { image: input.volume, label, otherFrame };
  for (const key of ["image", "label", "otherFrame"] as const) {
    const want = entry.input[key], got = given[key] && await fingerprint(given[key]);
    if (want !== got) {
      throw new SuiteManifestError(
        `Cannot replay ${entry.set} of ${entry.case}: its ${key} has changed (SHA-256 ` +
          `${got ?? "of nothing"}, the manifest has ${want ?? "none"})`,
      );
    }
  }
  const { set, case: id, repeat, channel, severity, preparation, steps } = entry;
  const place = {
    ...channel === undefined ? {} : { channel },
    ...severity === undefined ? {} : { severity },
  };
  const made = await corrupt({ set, case: id, repeat, ...place, preparation, steps }, input);
  const { image, label: moved } = made.entry.output;
  return { ...made, identical: image === entry.output.image && moved === entry.output.label };
}
