/** Evaluation of whole volumes, 3-D, by set, network and class: Dice, and errors in mm and ml. */
import type { CaseSource } from "../../imaging/data/cases/case_source.ts";
import { CLASS_NAMES } from "../../imaging/data/cases/label_codes.ts";
import type {
  CaseEvaluation,
  ClassDice,
  Evaluation,
  EvaluationGrid,
  SetEvaluation,
  SetKind,
} from "../../formats/run_folder/evaluation.ts";
import { dice } from "../../imaging/metrics/dice.ts";
import { mapNetworks } from "../models/by_network.ts";
import { type CaseMasks, segmentCase } from "./segment_case.ts";
import { classErrors, meanErrors } from "./class_errors.ts";
import type { Segmenter } from "../models/segmenter.ts";
import { prepareAnew, type PreparedGrid, type PrepareForSet } from "./prepared_cases.ts";

/** Cases with labels that scores are averaged over. */
export interface TestSet {
  readonly kind: SetKind;
  readonly cases: readonly CaseSource[];
}

/** On which grid volumes are segmented and compared; of the configuration of a run it is a part. */
export interface ScoringOptions {
  readonly data: PreparedGrid;
  readonly evaluation: {
    readonly grid: EvaluationGrid;
    /** Times that the slow-thinking network is applied, 1 or more. */
    readonly refinements: number;
  };
}

/** How to come by cases, and where to say what is odd about them. */
export interface EvaluateOptions {
  /** Prepares a case; anew each time by default, see `PreparedCases`. */
  readonly prepare?: PrepareForSet;
  /** Is told what is odd about a file, once a line. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/**
 * Segments every case and takes its Dice and its errors.
 *
 * @param sets By name; a set without cases is left out.
 * @throws {DatasetError} If a case cannot be loaded or has no label.
 */
export async function evaluateSets(
  segmenter: Pick<Segmenter, "segment">,
  sets: ReadonlyMap<string, TestSet>,
  { data: { size, spacing }, evaluation: { grid, refinements } }: ScoringOptions,
  { prepare = prepareAnew, onNotice = () => {} }: EvaluateOptions = {},
): Promise<Evaluation> {
  const volumes: CaseEvaluation[] = [];
  const told = new Set<string>();
  const means: Record<string, SetEvaluation> = {};
  for (const [set, { kind, cases: sources }] of sets) {
    if (sources.length === 0) continue;
    const own: CaseEvaluation[] = [];
    for (const source of sources) {
      const prepared = await prepare(source, set, { size, spacing });
      for (const warning of prepared.reference.image.warnings) {
        if (!told.has(warning)) onNotice(warning);
        told.add(warning);
      }
      own.push({
        set,
        id: source.id,
        subject: source.subject,
        frame: source.frame,
        ...scoreMasks(segmentCase(segmenter, prepared, grid, refinements)),
      });
    }
    volumes.push(...own);
    means[set] = {
      cases: own.length,
      kind,
      ...mapNetworks(own[0]!, (_, network) => meanDice(own.map((volume) => volume[network]!))),
      errors: mapNetworks(
        own[0]!.errors,
        (_, network) => meanErrors(own.map(({ errors }) => errors[network]!)),
      ),
    };
  }
  return { sets: means, emptyMaskPolicy: "one", emptyErrorPolicy: "zero", grid, volumes };
}

/** The Dice of one mask of a volume. */
export function classDice(predicted: Uint8Array, truth: Uint8Array): ClassDice {
  const entries = CLASS_NAMES.slice(1).map((name, n) =>
    [name, dice(predicted, truth, n + 1)] as const
  );
  const sum = entries.reduce((total, [, value]) => total + value, 0);
  return { ...Object.fromEntries(entries), mean: sum / entries.length };
}

type VolumeScores = Pick<CaseEvaluation, "ftn" | "stn" | "errors" | "flags" | "passes">;

function scoreMasks(
  { truth, grid, entropy, reconstructionError, passes, ...masks }: CaseMasks,
): VolumeScores {
  return {
    ...mapNetworks(masks, (mask) => classDice(mask, truth)),
    errors: mapNetworks(masks, (mask) => classErrors(mask, truth, grid)),
    flags: {
      ...(masks.stn && { disagreement: 1 - classDice(masks.stn, masks.ftn)["mean"]! }),
      entropy,
      ...(reconstructionError !== undefined && { reconstructionError }),
    },
    ...(passes && { passes: passes.map((mask) => classDice(mask, truth)["mean"]!) }),
  };
}

function meanDice(volumes: readonly ClassDice[]): ClassDice {
  return Object.fromEntries(
    Object.keys(volumes[0]!).map((name) => {
      const sum = volumes.reduce((total, dice) => total + dice[name]!, 0);
      return [name, sum / volumes.length];
    }),
  );
}
