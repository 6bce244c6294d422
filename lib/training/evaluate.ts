/** Evaluation of whole volumes, 3-D, by set, network and class: Dice, and errors in mm and ml. */
import type { ResolvedConfig } from "../config/config_schema.ts";
import type { CaseSource } from "../data/case_source.ts";
import { CLASS_NAMES } from "../data/label_codes.ts";
import { prepareCase } from "../data/prepare_case.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import { dice } from "../metrics/dice.ts";
import { type ByNetwork, mapNetworks } from "./by_network.ts";
import { type CaseMasks, type EvaluationGrid, segmentCase } from "./case_masks.ts";
import { type ClassErrors, classErrors, meanErrors, type SetErrors } from "./class_errors.ts";
import type { Stepper } from "./stepper.ts";

/** Dice (0-1) by class name, and their `mean`. */
export type ClassDice = Record<string, number>;

/** The means over the volumes of one set: Dice by network, and more. */
export interface SetEvaluation extends ByNetwork<ClassDice> {
  /** Number of volumes. */
  readonly cases: number;
  /** Means of the errors, by network. */
  readonly errors: ByNetwork<SetErrors>;
}

/** The Dice of one volume by network, and its errors. */
export interface CaseEvaluation extends ByNetwork<ClassDice> {
  readonly set: string;
  readonly id: string;
  readonly errors: ByNetwork<ClassErrors>;
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

/**
 * Segments every case and takes its Dice and its errors.
 *
 * @param sets Cases with labels by the set's name; a set without cases is left out.
 * @param onNotice Is told what is odd about a file, once a line.
 * @throws {DatasetError} If a case cannot be loaded or has no label.
 */
export async function evaluateSets(
  stepper: Pick<Stepper, "segment">,
  sets: ReadonlyMap<string, readonly CaseSource[]>,
  { data: { size, spacing }, evaluation: { grid, chunk } }: ResolvedConfig,
  onNotice: (line: string) => void = () => {},
): Promise<Evaluation> {
  const volumes: CaseEvaluation[] = [];
  const told = new Set<string>();
  const means: Record<string, SetEvaluation> = {};
  for (const [set, sources] of sets) {
    if (sources.length === 0) continue;
    const own: CaseEvaluation[] = [];
    for (const source of sources) {
      const prepared = await prepareCase(source, { size, spacing });
      for (const warning of prepared.reference.image.warnings) {
        if (!told.has(warning)) onNotice(warning);
        told.add(warning);
      }
      own.push({
        set,
        id: source.id,
        ...scoreMasks(segmentCase(stepper, prepared, grid, chunk)),
      });
    }
    volumes.push(...own);
    means[set] = {
      cases: own.length,
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

function scoreMasks({ truth, grid, ...masks }: CaseMasks): Omit<CaseEvaluation, "set" | "id"> {
  return {
    ...mapNetworks(masks, (mask) => classDice(mask, truth)),
    errors: mapNetworks(masks, (mask) => classErrors(mask, truth, grid)),
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
