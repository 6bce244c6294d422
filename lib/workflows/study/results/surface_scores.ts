import { NETWORKS } from "../../../names.ts";
import type { ClassLesions, Evaluation } from "../../../formats/run_folder/evaluation.ts";
import { meanOf } from "../../../base/stats/mean_of.ts";
import type { Column, SurfaceCell } from "./study_summary.ts";
import { uncounted } from "../../../formats/run_folder/counted_labels.ts";

type Volume = Evaluation["volumes"][number];

/**
 * The surface Dice and the lesions of one method by network and column: means over labels of means over
 * volumes, here those of all sets of a column and of all replicates; lesions are sums. What the rule for
 * labels in neither mask leaves out, and labels that a set has none of, are left out. Nothing where
 * neither was measured.
 */
export function surfaceScoresOf(
  { method, trainingSubjects, results }: {
    readonly method: string;
    readonly trainingSubjects: number | null;
    readonly results: readonly {
      readonly evaluation: Pick<Evaluation, "sets" | "volumes" | "parts">;
    }[];
  },
  columns: readonly Column[],
): SurfaceCell[] {
  return NETWORKS.flatMap((network) =>
    columns.flatMap(({ name, sets }) => {
      const volumes = results.flatMap(({ evaluation }) =>
        evaluation.volumes.filter(({ set }) => sets.includes(set)).map((volume) => ({
          errors: volume.errors[network],
          left: uncounted(evaluation, volume.set),
          unlabelled: evaluation.sets[volume.set]?.unlabelled ?? [],
        }))
      );
      const surfaceDice = surfaceDiceOf(volumes), lesions = lesionsOf(volumes);
      if (surfaceDice === undefined && lesions === undefined) return [];
      return [{
        ...{ method, trainingSubjects, network, column: name },
        ...surfaceDice && { surfaceDice },
        ...lesions && { lesions },
      }];
    })
  );
}

/** The errors of one network of a volume, and the labels that count in no mean of its set. */
interface VolumeErrors {
  readonly errors: Volume["errors"]["stn"];
  readonly left: readonly string[];
  /** Those of them that the set has none of: lesions of parts are counted where they are asked for. */
  readonly unlabelled: readonly string[];
}

function surfaceDiceOf(volumes: readonly VolumeErrors[]): SurfaceCell["surfaceDice"] {
  const taken = volumes.flatMap(({ errors, left }) =>
    Object.entries(errors?.surfaceDice ?? {}).flatMap(([tolerance, { byLabel }]) =>
      Object.entries(byLabel).filter(([label]) => !left.includes(label))
        .map(([label, value]) => ({ tolerance, label, value }))
    )
  );
  if (taken.length === 0) return undefined;
  return Object.fromEntries(
    [...Map.groupBy(taken, ({ tolerance }) => tolerance)].map(([tolerance, own]) => {
      const known = own.filter(({ value }) => value !== null);
      const means = [...Map.groupBy(known, ({ label }) => label).values()]
        .map((values) => meanOf(values.map(({ value }) => value!)));
      return [tolerance, means.length === 0 ? null : meanOf(means)];
    }),
  );
}

function lesionsOf(volumes: readonly VolumeErrors[]): SurfaceCell["lesions"] {
  const counted = volumes.flatMap(({ errors, unlabelled }) =>
    Object.entries(errors?.lesions ?? {}).filter(([label]) => !unlabelled.includes(label))
  );
  if (counted.length === 0) return undefined;
  return Object.fromEntries(
    [...Map.groupBy(counted, ([label]) => label)].map(([label, entries]) => {
      const own = entries.map(([, lesions]) => lesions);
      const sum = (key: Exclude<keyof ClassLesions, "f1">) =>
        own.reduce((total, lesions) => total + lesions[key], 0);
      const scores = own.map(({ f1 }) => f1).filter((f1) => f1 !== null);
      return [label, {
        ...{ reference: sum("reference"), predicted: sum("predicted") },
        ...{ found: sum("found"), spurious: sum("spurious") },
        f1: scores.length === 0 ? null : meanOf(scores),
      }];
    }),
  );
}
