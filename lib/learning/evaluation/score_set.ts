/** The volumes of a set together: by the rule for labels in neither mask, with their means. */
import type {
  CaseEvaluation,
  EmptyRule,
  SetEvaluation,
  SetKind,
} from "../../formats/run_folder/evaluation.ts";
import { type Calibration, expectedCalibrationError } from "../../imaging/metrics/calibration.ts";
import { type ByNetwork, mapNetworks } from "../models/by_network.ts";
import { calibrationOver } from "./case_calibration.ts";
import { absentOf, diceOver, type MaskDice, meanDice } from "./class_dice.ts";
import { meanErrors, withMeansOver } from "./class_errors.ts";
import { heldLabels, type ScoredLabel } from "./scored_labels.ts";

/** A volume whose Dice is not yet ruled and averaged over labels. */
export interface ScoredVolume
  extends Omit<CaseEvaluation, "ftn" | "stn" | "passes" | "absent" | "ece">, ByNetwork<MaskDice> {
  readonly passes?: readonly MaskDice[];
  /** Of its probabilities, where there are any. */
  readonly calibration?: ByNetwork<Calibration>;
}

/** The volume by the rule, with means that labels do not lift of which its set has none. */
function withMeans(
  { passes, ftn, stn, calibration, ...volume }: ScoredVolume,
  labels: readonly ScoredLabel[],
  empty: EmptyRule,
  unlabelled: readonly string[],
): CaseEvaluation & Required<Pick<CaseEvaluation, "absent">> {
  const mean = (byLabel: MaskDice) => diceOver(byLabel, labels, empty, unlabelled);
  const own = { ftn, ...stn && { stn } };
  return {
    ...volume,
    ...mapNetworks(own, mean),
    absent: mapNetworks(own, absentOf),
    errors: mapNetworks(volume.errors, (errors) => withMeansOver(errors, labels)),
    ...calibration && { ece: mapNetworks(calibration, expectedCalibrationError) },
    ...passes && { passes: passes.map((dice) => mean(dice).mean) },
  };
}

/**
 * The means over the volumes of a set, at least one.
 *
 * @param penalty mm for the distances of a missed class; null: left out.
 */
function meansOver(
  volumes: readonly ReturnType<typeof withMeans>[],
  labels: readonly ScoredLabel[],
  penalty: number | null,
): Pick<SetEvaluation, "ftn" | "stn" | "absent" | "errors"> {
  const first = volumes[0]!;
  return {
    ...mapNetworks(first, (_, network) => meanDice(volumes.map((volume) => volume[network]!))),
    absent: mapNetworks(first, (_, network) => {
      const names = volumes.flatMap(({ absent }) => absent[network]!);
      return Object.fromEntries(
        [...Map.groupBy(names, (name) => name)].map(([name, own]) => [name, own.length]),
      );
    }),
    errors: mapNetworks(first.errors, (_, network) => {
      const own = volumes.map(({ errors, absent }) => ({
        errors: errors[network]!,
        absent: absent[network]!,
      }));
      return meanErrors(own, labels, penalty);
    }),
  };
}

/** A set that is scored. */
export interface ScoredSet {
  readonly volumes: readonly CaseEvaluation[];
  readonly set: SetEvaluation;
  /** Labels that no truth of the set holds. */
  readonly unlabelled: readonly string[];
  /** What a person should know of these. */
  readonly notice: string;
}

/**
 * Puts the volumes of a set together, at least one.
 *
 * @param scorable What they were scored by.
 * @param held The classes that any truth of the set holds.
 */
export function scoreSet(
  { kind, volumes }: { readonly kind: SetKind; readonly volumes: readonly ScoredVolume[] },
  scorable: readonly ScoredLabel[],
  held: ReadonlySet<number>,
  { empty, distancePenalty }: {
    readonly empty: EmptyRule;
    readonly distancePenalty: number | null;
  },
): ScoredSet {
  const { labels, unlabelled, left } = heldLabels(scorable, (index) => held.has(index));
  const scored = volumes.map((volume) => withMeans(volume, labels, empty, left));
  const calibrated = volumes.flatMap(({ calibration }) => calibration ?? []);
  return {
    volumes: scored,
    set: {
      cases: scored.length,
      ...left.length > 0 && { unlabelled: [...left] },
      kind,
      ...meansOver(scored, labels, distancePenalty),
      ...calibrated.length > 0 && {
        calibration: mapNetworks(
          calibrated[0]!,
          (_, network) => calibrationOver(calibrated.flatMap((own) => own[network] ?? [])),
        ),
      },
    },
    unlabelled,
    notice: `no label holds ${unlabelled.join(", ")}` +
      (left.length > 0
        ? ": left out of the means, but for the Dice (0) of volumes where it is segmented"
        : ""),
  };
}
