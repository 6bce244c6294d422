/** What making a suite and making it again share. */
import type { SuiteOrigin } from "../../imaging/artifacts/suites/manifest.ts";
import { ArtifactRequestError } from "./request_error.ts";

/** Pairs of a clean and a corrupted picture that the page of a suite shows at most. */
export const MAX_PICTURES = 240;

/** The folder or list that a suite is made from, where it is one. */
export function inputOf(origin: SuiteOrigin): string | undefined {
  return origin.kind === "dataset" ? origin.path : undefined;
}

/** The threads that are asked for, or all cores. */
export function threadsOf({ threads }: { readonly threads?: number }): number {
  const wanted = threads ?? Math.min(64, navigator.hardwareConcurrency);
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= 64) return wanted;
  throw new ArtifactRequestError(`Cannot make a suite: threads is ${wanted}, wanted 1 to 64`);
}

/** Adds volumes up as they are done, and tells how many are. */
export function counter(
  total: number,
  onProgress: (done: number, total: number) => void = () => {},
): (volumes: number) => void {
  let done = 0;
  return (volumes) => onProgress(done += volumes, total);
}
