import { RandomStream } from "../../base/random/random_stream.ts";
import { unknownName } from "../../base/text/unknown_name.ts";
import { fieldNames } from "./field_names.ts";
import type { Artifact, Geometry, Severity } from "./artifact.ts";

/** What parameters are drawn by. */
export interface DrawOptions {
  readonly seed: number;
  /** Draws with the options of this severity; absent: with the artifact's defaults. */
  readonly severity?: Severity;
  /** Options below those of the severity. */
  readonly defaults?: object;
  /** Options above those of the severity. */
  readonly options?: object;
  /** From 0, the default: those after it draw by themselves, where the artifact does so. */
  readonly channel?: number;
}

/**
 * The parameters that an artifact alone gets: of one seed the same wherever they are drawn.
 *
 * @throws {RangeError | TypeError} As the artifact's `sample`; RangeError if it has no such option.
 */
export function drawParams(
  artifact: Artifact,
  geometry: Geometry,
  { seed, severity, defaults = {}, options = {}, channel = 0 }: DrawOptions,
): unknown {
  const names = fieldNames(artifact.optionsSchema);
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const { mode, name } = artifact;
    throw new RangeError(`Cannot sample ${mode}/${name}: ${unknownName("option", unknown, names)}`);
  }
  const graded = severity === undefined ? {} : artifact.optionsOf(severity) as object;
  const rng = RandomStream.fromSeed(seed).stream("artifact", artifact.mode, artifact.name);
  const own = channel > 0 && artifact.perChannel ? rng.stream("channel", channel) : rng;
  return artifact.sample({ ...defaults, ...graded, ...options }, own, geometry);
}
