import type { CaseEvaluation, Evaluation } from "../../../formats/run_folder/evaluation.ts";
import { meanOf } from "../../../base/stats/mean_of.ts";

/** A number of a volume by which models are compared. */
export interface Metric {
  /** In tables and files, as `nsd2mm`. */
  readonly id: string;
  /** For people, with its unit. */
  readonly title: string;
  readonly higherIsBetter: boolean;
  /** Of a volume, the mean over its labels; null where it has none. */
  of(volume: CaseEvaluation): number | null | undefined;
}

/** The metrics that evaluations hold: Dice first, then surface Dice, distances, and volumes. */
export function metricsOf(evaluations: readonly Pick<Evaluation, "volumes">[]): Metric[] {
  const tolerances = new Set(
    evaluations.flatMap(({ volumes }) =>
      volumes.flatMap(({ errors }) => Object.keys(errors.ftn.surfaceDice ?? {}))
    ),
  );
  return [
    { id: "dice", title: "Dice", higherIsBetter: true, of: ({ ftn }) => ftn.mean },
    ...[...tolerances].map((mm): Metric => ({
      id: `nsd${mm}mm`,
      title: `surface Dice at ${mm} mm`,
      higherIsBetter: true,
      of: ({ errors }) => errors.ftn.surfaceDice?.[mm]?.mean,
    })),
    { id: "hd95Mm", title: "HD95, mm", higherIsBetter: false, of: (v) => v.errors.ftn.hd95Mm.mean },
    { id: "assdMm", title: "ASSD, mm", higherIsBetter: false, of: (v) => v.errors.ftn.assdMm.mean },
    {
      id: "volumeErrorMl",
      title: "volume error, ml, its absolute value",
      higherIsBetter: false,
      of({ errors }) {
        const known = Object.values(errors.ftn.volumeErrorMl.byLabel).filter((ml) => ml !== null);
        return known.length === 0 ? null : meanOf(known.map(Math.abs));
      },
    },
  ];
}
