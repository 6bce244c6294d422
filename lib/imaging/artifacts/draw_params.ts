import { RandomStream } from "../../base/random/random_stream.ts";
import type { Artifact, Geometry, Severity } from "./artifact.ts";

/** What parameters are drawn by. */
export interface DrawOptions {
  readonly seed: number;
  /** Draws with the options of this severity; absent: with the artifact's defaults. */
  readonly severity?: Severity;
  /** Options besides; those of the severity come above them. */
  readonly options?: object;
}

/**
 * The parameters that an artifact alone gets: of one seed the same wherever they are drawn.
 *
 * @throws {RangeError | TypeError} As the artifact's `sample`.
 */
export function drawParams(
  artifact: Artifact,
  geometry: Geometry,
  { seed, severity, options = {} }: DrawOptions,
): unknown {
  const graded = severity === undefined ? {} : artifact.optionsOf(severity) as object;
  const rng = RandomStream.fromSeed(seed).stream("artifact", artifact.mode, artifact.name);
  return artifact.sample({ ...options, ...graded }, rng, geometry);
}
