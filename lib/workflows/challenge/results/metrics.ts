import type { CaseEvaluation, Evaluation } from "../../../formats/run_folder/evaluation.ts";
import { meanOf } from "../../../base/stats/mean_of.ts";
import { uncounted } from "../../../formats/run_folder/counted_labels.ts";

/** A number of a volume by which models are compared. */
export interface Metric {
  /** In tables and files, as `nsd2mm`. */
  readonly id: string;
  /** For people, with its unit. */
  readonly title: string;
  readonly higherIsBetter: boolean;
  /** What one has to know to read it. */
  readonly note?: string;
  /** Of a volume, the mean over its labels; null where it has none. */
  of(volume: CaseEvaluation): number | null | undefined;
}

/** What becomes of a class that just one of the masks holds. */
const distanceNote = (penalty: number | undefined) =>
  penalty === undefined
    ? "Of volumes in which both masks hold a class: who finds nothing has no distance " +
      "(--distance-penalty counts it)."
    : `A class that just one of the masks holds counts as ${penalty} mm.`;

/** The mean over labels that count, a penalty standing for those that just one of the masks holds. */
function distanceOf(
  { absent, errors }: CaseEvaluation,
  name: "hd95Mm" | "assdMm",
  left: readonly string[],
  penalty: number | undefined,
): number | null {
  const { byLabel, mean } = errors.ftn[name];
  if (penalty === undefined) return mean;
  const known = Object.entries(byLabel).filter(([label]) => !left.includes(label))
    .flatMap(([label, mm]) => mm !== null ? [mm] : absent?.ftn.includes(label) ? [] : [penalty]);
  return known.length === 0 ? null : meanOf(known);
}

/** The metrics that evaluations hold: Dice first, then surface Dice, distances, and volumes. */
export function metricsOf(
  evaluations: readonly Pick<Evaluation, "volumes" | "distancePenaltyMm" | "sets" | "parts">[],
): Metric[] {
  const penalty = evaluations[0]?.distancePenaltyMm, note = distanceNote(penalty);
  // all are scored by the same labels
  const leftOf = ({ set }: CaseEvaluation) => uncounted(evaluations[0]!, set);
  const tolerances = new Set(
    evaluations.flatMap(({ volumes }) =>
      volumes.flatMap(({ errors }) => Object.keys(errors.ftn.surfaceDice ?? {}))
    ),
  );
  const lesions = evaluations.some(({ volumes }) =>
    volumes.some(({ errors }) => errors.ftn.lesions !== undefined)
  );
  return [
    { id: "dice", title: "Dice", higherIsBetter: true, of: ({ ftn }) => ftn.mean },
    ...[...tolerances].map((mm): Metric => ({
      id: `nsd${mm}mm`,
      title: `surface Dice at ${mm} mm`,
      higherIsBetter: true,
      of: ({ errors }) => errors.ftn.surfaceDice?.[mm]?.mean,
    })),
    ...lesions
      ? [{
        ...{ id: "lesionF1", title: "F1 of lesions", higherIsBetter: true },
        of({ errors }: CaseEvaluation) {
          const known = Object.values(errors.ftn.lesions ?? {}).flatMap(({ f1 }) => f1 ?? []);
          return known.length === 0 ? null : meanOf(known);
        },
      }]
      : [],
    {
      ...{ id: "hd95Mm", title: "HD95, mm", higherIsBetter: false, note },
      of: (volume) => distanceOf(volume, "hd95Mm", leftOf(volume), penalty),
    },
    {
      ...{ id: "assdMm", title: "ASSD, mm", higherIsBetter: false, note },
      of: (volume) => distanceOf(volume, "assdMm", leftOf(volume), penalty),
    },
    {
      id: "volumeErrorMl",
      title: "volume error, ml, its absolute value",
      higherIsBetter: false,
      of(volume) {
        const left = leftOf(volume);
        const known = Object.entries(volume.errors.ftn.volumeErrorMl.byLabel)
          .flatMap(([label, ml]) => ml === null || left.includes(label) ? [] : [ml]);
        return known.length === 0 ? null : meanOf(known.map(Math.abs));
      },
    },
  ];
}
