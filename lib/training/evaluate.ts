/** Evaluation: the 3-D Dice of whole volumes, by set, network and class. */
import type { ResolvedConfig } from "../config/config_schema.ts";
import type { CaseSource } from "../data/case_source.ts";
import { DatasetError } from "../data/dataset_error.ts";
import { CLASS_NAMES } from "../data/label_codes.ts";
import { prepareCase, type PreparedCase } from "../data/prepare_case.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import { dice } from "../metrics/dice.ts";
import { type Network, segmentStack } from "./segment_case.ts";
import type { Stepper } from "./stepper.ts";

/** Dice (0-1) by class name, and their `mean`. */
export type ClassDice = Record<string, number>;

/** The means over the volumes of one set. */
export interface SetEvaluation extends Record<Network, ClassDice> {
  /** Number of volumes. */
  readonly cases: number;
}

/** The Dice of one volume. */
export interface CaseEvaluation extends Record<Network, ClassDice> {
  readonly set: string;
  readonly id: string;
}

/** What `evaluation.json` holds. */
export interface Evaluation {
  /** Means by set. */
  readonly sets: Record<string, SetEvaluation>;
  /** What a class counts that is in neither mask of a volume: 1. */
  readonly emptyMaskPolicy: "one";
  /** Where Dice is taken: in the file's own voxels, or on the network's cropped grid. */
  readonly grid: "native" | "network";
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
  readonly dice: Readonly<Record<string, Record<Network, readonly number[]>>>;
}

/**
 * Segments every case and takes its Dice.
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
      own.push({ set, id: source.id, ...evaluateCase(stepper, prepared, grid, chunk) });
    }
    volumes.push(...own);
    means[set] = { cases: own.length, ftn: meanOf(own, "ftn"), stn: meanOf(own, "stn") };
  }
  return { sets: means, emptyMaskPolicy: "one", grid, volumes };
}

/** Writes an evaluation as JSON, atomically; throws WriteError if the disk refuses. */
export async function saveEvaluation(path: string, evaluation: Evaluation): Promise<void> {
  await writeAtomically(path, JSON.stringify(evaluation, null, 2) + "\n");
}

/** The Dice of one prepared volume; throws DatasetError if it has no label. */
export function evaluateCase(
  stepper: Pick<Stepper, "segment">,
  prepared: PreparedCase,
  grid: Evaluation["grid"],
  chunk: number,
): Record<Network, ClassDice> {
  const truth = grid === "native" ? prepared.reference.label?.data : prepared.labels;
  if (truth === undefined) {
    throw new DatasetError(`Cannot evaluate ${prepared.id}: it has no label`);
  }
  const result = segmentStack(stepper, prepared, chunk);
  const diceOf = (network: Network): ClassDice => {
    const labels = result[network];
    const predicted = grid === "native" ? prepared.restore(labels).data : labels;
    const entries = CLASS_NAMES.slice(1).map((name, n) =>
      [name, dice(predicted, truth, n + 1)] as const
    );
    const sum = entries.reduce((total, [, value]) => total + value, 0);
    return { ...Object.fromEntries(entries), mean: sum / entries.length };
  };
  return { ftn: diceOf("ftn"), stn: diceOf("stn") };
}

function meanOf(volumes: readonly CaseEvaluation[], network: Network): ClassDice {
  const names = Object.keys(volumes[0]![network]);
  return Object.fromEntries(names.map((name) => {
    const sum = volumes.reduce((total, volume) => total + volume[network][name]!, 0);
    return [name, sum / volumes.length];
  }));
}
