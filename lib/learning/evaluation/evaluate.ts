/** Evaluation of whole volumes, 3-D, by set, network and class: Dice, and errors in mm and ml. */
import type { CaseSource } from "../../imaging/data/cases/case_source.ts";
import type { Task } from "../../base/task/task.ts";
import type { Preparation } from "../../imaging/data/preparation/prepare_case.ts";
import { classDice, disagreementOf } from "./class_dice.ts";
import { checkLesionLabels, namedLabels, type ScoredLabel, scoredLabels } from "./scored_labels.ts";
import type {
  CaseEvaluation,
  EmptyRule,
  Evaluation,
  EvaluationGrid,
  SetEvaluation,
  SetKind,
} from "../../formats/run_folder/evaluation.ts";
import { mapNetworks } from "../models/by_network.ts";
import { type CaseMasks, segmentCase } from "./segment_case.ts";
import { classErrors, type ErrorOptions } from "./class_errors.ts";
import { type ScoredVolume, scoreSet } from "./score_set.ts";
import { shareText } from "./cut_away.ts";
import type { Segmenter } from "../models/segmenter.ts";
import { type KnownSubjects, type ScoredCase, seenNotices, seenSubjects } from "./seen_subjects.ts";
import { prepareAnew, type PrepareForSet } from "./prepared_cases.ts";

/** Cases with labels that scores are averaged over. */
export interface TestSet {
  /** Whose images they are, and whether they are corrupted. */
  readonly kind: SetKind;
  /** Each must have a label. */
  readonly cases: readonly CaseSource[];
  /** The run's labels with the codes of the set's files; absent: the run's own. */
  readonly task?: Task;
  /** Whether subjects are those of the run's data set, where one name is one person. */
  readonly own?: boolean;
}

/** How volumes are prepared, and on which grid they are compared; a run knows it. */
export interface ScoringOptions {
  /** What is segmented, and how cases are prepared. */
  readonly data: { readonly task: Task; readonly preparation: Preparation };
  /** What is measured, and where. */
  readonly evaluation: {
    /** Where predictions are compared. */
    readonly grid: EvaluationGrid;
    /** Times that the slow-thinking network is applied, 1 or more. */
    readonly refinements: number;
    /** mm for the distances of a missed class, in the means of sets; null or absent: left out. */
    readonly distancePenalty?: number | null;
    /** What a label counts that neither mask holds; `skip` by default. */
    readonly empty?: EmptyRule;
    /** Tolerances of the surface Dice in mm; none by default. */
    readonly surfaceTolerances?: readonly number[];
    /** Names of labels whose components are counted as lesions; none by default. */
    readonly lesions?: readonly string[];
  };
}

/** How to come by cases, and where to say what is odd about them. */
export interface EvaluateOptions {
  /** Prepares a case; anew each time by default, see `PreparedCases`. */
  readonly prepare?: PrepareForSet | undefined;
  /** What the run was trained on, so that it is told where that is scored. */
  readonly known?: KnownSubjects | undefined;
  /** Is told what is odd about a file, or a set, once a line. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/**
 * Segments every case and takes its Dice and its errors.
 *
 * @param sets By name; a set without cases is left out.
 * @throws {RangeError} If lesions of a label are to be counted that the task does not have.
 * @throws {DatasetError} If a case cannot be loaded or has no label.
 */
export async function evaluateSets(
  segmenter: Pick<Segmenter, "segment" | "atOnce">,
  sets: ReadonlyMap<string, TestSet>,
  { data: { task, preparation }, evaluation }: ScoringOptions,
  { prepare = prepareAnew, known, onNotice = () => {} }: EvaluateOptions = {},
): Promise<Evaluation> {
  const { grid, refinements, distancePenalty = null } = evaluation;
  const { empty = "skip", surfaceTolerances = [], lesions = [] } = evaluation;
  const measured = { empty, surfaceTolerances, lesions };
  checkLesionLabels(task, lesions);
  const volumes: CaseEvaluation[] = [];
  const contents: ScoredCase[] = [];
  const told = new Set<string>();
  const means: Record<string, SetEvaluation> = {};
  for (const [set, { kind, cases: sources, task: setTask = task, own = false }] of sets) {
    if (sources.length === 0) continue;
    const scorable = scoredLabels(setTask);
    // Of a label that the set does not know nobody can say how often it is right.
    const calibrate = setTask.labels.slice(1).every(({ codes }) => codes.length > 0);
    const all: ScoredVolume[] = [];
    const held = new Set<number>();
    const shares: { id: string; cutAway: number }[] = [];
    for (const source of sources) {
      const prepared = await prepare(source, set, preparation);
      for (const warning of prepared.reference.image.warnings) {
        if (!told.has(warning)) onNotice(warning);
        told.add(warning);
      }
      const { classes = [], cutAway = 0, image: content, label: labelContent } = prepared.content;
      classes.forEach((index) => held.add(index));
      if (cutAway > 0) shares.push({ id: source.id, cutAway });
      const isClean = kind !== "corrupted";
      if (isClean) contents.push({ set, subject: source.subject, content, own });
      all.push({
        set,
        id: source.id,
        subject: source.subject,
        frame: source.frame,
        ...isClean && { content, ...labelContent !== undefined && { labelContent } },
        ...scoreMasks(
          await segmentCase(segmenter, prepared, grid, refinements, calibrate),
          scorable,
          measured,
        ),
      });
    }
    const found = scoreSet({ kind, volumes: all }, scorable, held, { empty, distancePenalty });
    if (found.unlabelled.length > 0) onNotice(`${set}: ${found.notice}`);
    if (shares.length > 0) {
      onNotice(`${set}: foreground lies outside the crop, and is missed: ${shareText(shares)}`);
    }
    volumes.push(...found.volumes);
    means[set] = found.set;
  }
  const seen = known && seenSubjects(contents, known);
  if (seen) seenNotices(seen).forEach(onNotice);
  return {
    ...namedLabels(scoredLabels(task)),
    sets: means,
    empty,
    grid,
    ...distancePenalty !== null && { distancePenaltyMm: distancePenalty },
    ...seen && { seen },
    volumes,
  };
}

type VolumeScores = Pick<
  ScoredVolume,
  "ftn" | "stn" | "errors" | "calibration" | "flags" | "passes"
>;

function scoreMasks(
  { truth, grid, entropy, reconstructionError, calibration, passes, ...masks }: CaseMasks,
  labels: readonly ScoredLabel[],
  measured: ErrorOptions,
): VolumeScores {
  const diceOf = (mask: Uint8Array) => classDice(mask, truth, labels);
  return {
    ...mapNetworks(masks, diceOf),
    errors: mapNetworks(masks, (mask) => classErrors(mask, truth, grid, labels, measured)),
    ...calibration && { calibration },
    flags: {
      ...masks.stn && { disagreement: disagreementOf(masks.stn, masks.ftn, labels) },
      entropy,
      ...(reconstructionError !== undefined && { reconstructionError }),
    },
    ...(passes && { passes: passes.map(diceOf) }),
  };
}
