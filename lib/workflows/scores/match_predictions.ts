import { basename, relative, resolve } from "../../base/deps/std.ts";
import type { Reference } from "./references.ts";

/** A label with its prediction. */
export interface MatchedCase {
  readonly reference: Reference;
  readonly prediction: string;
  /** Its class probabilities along a fourth axis, where there are any beside it. */
  readonly probabilities?: string;
}

/** Labels and predictions by whether they belong together. */
export interface MatchedCases {
  readonly matched: readonly MatchedCase[];
  /** Labels without a prediction, or with several, and why. */
  readonly failures: readonly { readonly reference: Reference; readonly message: string }[];
  /** Predictions of no label. */
  readonly spare: readonly string[];
}

/** What programs add to the name of a case's label, prediction, or first channel. */
const ADDED = /(?:[_-](?:gt|pred|prediction|seg|label|labels|mask|manual|0000))+$/i;

/** What `predict` writes beside a segmentation. */
const MAP = /_(probabilities|entropy|disagreement)$/i;

/**
 * Finds the prediction of each label: the file at the same place in its folder, or else the file of the
 * same name, or the case's, whatever the folder; in names, endings that say what a file is
 * (`_gt`, `_pred`, `_seg`, `_0000`, …) may differ. `NAME_probabilities.nii.gz` are those of `NAME.nii.gz`.
 *
 * @param folder Where the predictions lie.
 * @param files Theirs.
 */
export function matchPredictions(
  references: readonly Reference[],
  folder: string,
  files: readonly string[],
): MatchedCases {
  const predictions = files.filter((path) => !MAP.test(stem(path)));
  const maps = new Map(files.map((path) => [stem(path), path]));
  const byPlace = new Map(
    predictions.map((path) => [stem(relative(resolve(folder), resolve(path))), path]),
  );
  const byName = Map.groupBy(predictions, (path) => stem(basename(path)));
  const byCase = Map.groupBy(predictions, (path) => bare(stem(basename(path))));
  const matched: MatchedCase[] = [];
  const failures: { reference: Reference; message: string }[] = [];
  for (const reference of references) {
    const { id, namesakes, places } = reference;
    const names = namesakes.map((path) => stem(basename(path)));
    const ids = [id, id.replaceAll(/[\\/]/g, "_")];
    const [found = []] = [
      places.flatMap((place) => byPlace.get(stem(place)) ?? []),
      [...names, ...ids].flatMap((name) => byName.get(name) ?? []),
      [...names, ...ids].flatMap((name) => byCase.get(bare(name)) ?? []),
    ].map((paths) => [...new Set(paths)]).filter((paths) => paths.length > 0);
    if (found.length === 1) {
      const prediction = found[0]!, probabilities = maps.get(`${stem(prediction)}_probabilities`);
      matched.push({ reference, prediction, ...probabilities !== undefined && { probabilities } });
    } else {
      const message = found.length === 0
        ? `${folder} holds no prediction of its name (${bare(names[0]!)}.nii.gz)`
        : `several predictions have its name: ${found.join(", ")}`;
      failures.push({ reference, message });
    }
  }
  const byPrediction = Map.groupBy(matched, ({ prediction }) => prediction);
  const once = matched.filter(({ prediction }) => byPrediction.get(prediction)!.length === 1);
  for (const [prediction, own] of byPrediction) {
    if (own.length === 1) continue;
    const ids = own.map(({ reference }) => reference.id).join(", ");
    const message = `${prediction} has the name of several cases: ${ids}`;
    failures.push(...own.map(({ reference }) => ({ reference, message })));
  }
  return {
    matched: once,
    failures,
    spare: predictions.filter((path) => !byPrediction.has(path)),
  };
}

function stem(path: string): string {
  return path.replace(/\.nii(\.gz)?$/i, "");
}

/** A name without what says what the file is. */
function bare(name: string): string {
  return name.replace(ADDED, "") || name;
}
