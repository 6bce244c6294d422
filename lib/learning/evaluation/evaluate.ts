/** Evaluation of whole volumes, 3-D, by set, network and class: Dice, and errors in mm and ml. */
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import type { CaseSource } from "../../imaging/data/cases/case_source.ts";
import { CLASS_NAMES } from "../../imaging/data/cases/label_codes.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { dice } from "../../imaging/metrics/dice.ts";
import { type ByNetwork, mapNetworks } from "../models/by_network.ts";
import { type CaseMasks, type EvaluationGrid, segmentCase } from "./segment_case.ts";
import { type ClassErrors, classErrors, meanErrors, type SetErrors } from "./class_errors.ts";
import { prepareAnew, type PrepareForSet } from "./prepared_cases.ts";
import type { Stepper } from "../training/stepper.ts";

/** Dice (0-1) by class name, and their `mean`. */
export type ClassDice = Record<string, number>;

/**
 * Where the volumes of a set come from: the run's own domains, others, or the run's own with artifacts
 * put in.
 */
export type SetKind = "intra" | "cross" | "corrupted";

/** Cases with labels that scores are averaged over. */
export interface TestSet {
  readonly kind: SetKind;
  readonly cases: readonly CaseSource[];
}

/**
 * Numbers that may tell a bad segmentation without its label; the higher, the more suspicious. A class
 * that both networks are sure to see nowhere raises neither disagreement nor entropy.
 */
export interface CaseFlags {
  /** 1 - mean Dice over classes between both networks' masks; absent where there is just one. */
  readonly disagreement?: number;
  /**
   * Mean over all pixels of the prepared slices of the entropy, in nats, of the fast-thinking
   * network's class probabilities.
   */
  readonly entropy: number;
  /** Mean squared difference of the image decoder's image and the prepared one, where there is one. */
  readonly reconstructionError?: number;
}

/** The means over the volumes of one set: Dice by network, and more. */
export interface SetEvaluation extends ByNetwork<ClassDice> {
  /** Number of volumes. */
  readonly cases: number;
  readonly kind: SetKind;
  /** Means of the errors, by network. */
  readonly errors: ByNetwork<SetErrors>;
}

/** The Dice of one volume by network, and its errors. */
export interface CaseEvaluation extends ByNetwork<ClassDice> {
  readonly set: string;
  readonly id: string;
  readonly subject: string;
  /** Phase of the heart cycle, as "ED". */
  readonly frame: string;
  readonly errors: ByNetwork<ClassErrors>;
  readonly flags: CaseFlags;
  /**
   * Mean Dice after 1, 2, … passes of the slow-thinking network, where there were more than one.
   */
  readonly passes?: readonly number[];
}

/** What `evaluation.json` holds. */
export interface Evaluation {
  /** Means by set. */
  readonly sets: Record<string, SetEvaluation>;
  /** The Dice of a class that is in neither mask of a volume: 1. */
  readonly emptyMaskPolicy: "one";
  /** The errors of a class that is in neither mask of a volume: 0. */
  readonly emptyErrorPolicy: "zero";
  /** Where masks are compared. */
  readonly grid: EvaluationGrid;
  /** Each volume. */
  readonly volumes: readonly CaseEvaluation[];
  /** How Dice falls with artifacts, where it was measured. */
  readonly severities?: SeverityEvaluation;
}

/** Mean Dice over classes and volumes without an artifact and at its severities 1 to 5. */
export interface SeverityEvaluation {
  /** The volumes that it was measured on. */
  readonly cases: readonly string[];
  /** Six numbers a network, by the artifact's name. */
  readonly dice: Readonly<Record<string, ByNetwork<readonly number[]>>>;
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
  stepper: Pick<Stepper, "segment">,
  sets: ReadonlyMap<string, TestSet>,
  { data: { size, spacing }, evaluation: { grid, chunk, refinements } }: ResolvedConfig,
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
        ...scoreMasks(segmentCase(stepper, prepared, grid, chunk, refinements)),
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

/** Writes an evaluation as JSON, atomically; throws WriteError if the disk refuses. */
export async function saveEvaluation(path: string, evaluation: Evaluation): Promise<void> {
  await writeAtomically(path, JSON.stringify(evaluation, null, 2) + "\n");
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
