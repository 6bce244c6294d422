/** Evaluation of whole volumes, 3-D, by set, network and class: Dice, and errors in mm and ml. */
import type { CaseSource } from "../../imaging/data/cases/case_source.ts";
import { foregroundNames, type Task } from "../../base/task/task.ts";
import type { Preparation } from "../../imaging/data/preparation/prepare_case.ts";
import { type ScoredLabel, scoredLabels } from "./scored_labels.ts";
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
import { prepareAnew, type PrepareForSet } from "./prepared_cases.ts";

/** Cases with labels that scores are averaged over. */
export interface TestSet {
  readonly kind: SetKind;
  readonly cases: readonly CaseSource[];
  /** The run's labels with the codes of the set's files; absent: the run's own. */
  readonly task?: Task;
}

/** How volumes are prepared, and on which grid they are compared; a run knows it. */
export interface ScoringOptions {
  readonly data: { readonly task: Task; readonly preparation: Preparation };
  readonly evaluation: {
    readonly grid: EvaluationGrid;
    /** Times that the slow-thinking network is applied, 1 or more. */
    readonly refinements: number;
  };
}

/** How to come by cases, and where to say what is odd about them. */
export interface EvaluateOptions {
  /** Prepares a case; anew each time by default, see `PreparedCases`. */
  readonly prepare?: PrepareForSet | undefined;
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
  { data: { task, preparation }, evaluation: { grid, refinements } }: ScoringOptions,
  { prepare = prepareAnew, onNotice = () => {} }: EvaluateOptions = {},
): Promise<Evaluation> {
  const volumes: CaseEvaluation[] = [];
  const told = new Set<string>();
  const means: Record<string, SetEvaluation> = {};
  for (const [set, { kind, cases: sources, task: own = task }] of sets) {
    if (sources.length === 0) continue;
    const labels = scoredLabels(own);
    const scored: CaseEvaluation[] = [];
    for (const source of sources) {
      const prepared = await prepare(source, set, preparation);
      for (const warning of prepared.reference.image.warnings) {
        if (!told.has(warning)) onNotice(warning);
        told.add(warning);
      }
      scored.push({
        set,
        id: source.id,
        subject: source.subject,
        frame: source.frame,
        ...scoreMasks(segmentCase(segmenter, prepared, grid, refinements), labels),
      });
    }
    volumes.push(...scored);
    means[set] = {
      cases: scored.length,
      kind,
      ...mapNetworks(
        scored[0]!,
        (_, network) => meanDice(scored.map((volume) => volume[network]!)),
      ),
      errors: mapNetworks(
        scored[0]!.errors,
        (_, network) => meanErrors(scored.map(({ errors }) => errors[network]!)),
      ),
    };
  }
  const labels = foregroundNames(task);
  return { labels, sets: means, emptyMaskPolicy: "one", emptyErrorPolicy: "zero", grid, volumes };
}

/** The Dice of one mask of a volume. */
export function classDice(
  predicted: Uint8Array,
  truth: Uint8Array,
  labels: readonly ScoredLabel[],
): ClassDice {
  const entries = labels.map(({ name, index }) => [name, dice(predicted, truth, index)] as const);
  const sum = entries.reduce((total, [, value]) => total + value, 0);
  return { byLabel: Object.fromEntries(entries), mean: sum / entries.length };
}

type VolumeScores = Pick<CaseEvaluation, "ftn" | "stn" | "errors" | "flags" | "passes">;

function scoreMasks(
  { truth, grid, entropy, reconstructionError, passes, ...masks }: CaseMasks,
  labels: readonly ScoredLabel[],
): VolumeScores {
  const diceOf = (mask: Uint8Array) => classDice(mask, truth, labels);
  return {
    ...mapNetworks(masks, diceOf),
    errors: mapNetworks(masks, (mask) => classErrors(mask, truth, grid, labels)),
    flags: {
      ...(masks.stn && { disagreement: 1 - classDice(masks.stn, masks.ftn, labels).mean }),
      entropy,
      ...(reconstructionError !== undefined && { reconstructionError }),
    },
    ...(passes && { passes: passes.map((mask) => diceOf(mask).mean) }),
  };
}

function meanDice(volumes: readonly ClassDice[]): ClassDice {
  const over = (valueOf: (dice: ClassDice) => number) =>
    volumes.reduce((total, dice) => total + valueOf(dice), 0) / volumes.length;
  const names = Object.keys(volumes[0]!.byLabel);
  return {
    byLabel: Object.fromEntries(names.map((name) => [name, over((dice) => dice.byLabel[name]!)])),
    mean: over(({ mean }) => mean),
  };
}
