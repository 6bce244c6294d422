/** What helps the segmentations of a validation set, and which of them are to be looked at. */
import { type Network, NETWORKS } from "../../names.ts";
import { meanOf } from "../../base/stats/mean_of.ts";
import { IGNORED, type Task } from "../../base/task/task.ts";
import type {
  NetworkPostprocessing,
  Postprocessing,
} from "../../formats/run_folder/postprocessing.ts";
import { cleanLabels } from "../../imaging/components/clean_labels.ts";
import { connectedComponents } from "../../imaging/components/connected_components.ts";
import type { CaseSource } from "../../imaging/data/cases/case_source.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { dice } from "../../imaging/metrics/dice.ts";
import { classDice, diceOver, disagreementOf } from "../evaluation/class_dice.ts";
import { meanOfKnown } from "../evaluation/mean_of_known.ts";
import { scoredLabels } from "../evaluation/scored_labels.ts";
import type { EvaluableCase } from "../evaluation/segment_case.ts";
import { networksOf } from "../models/by_network.ts";
import { segmentInTurns } from "../models/segment_in_turns.ts";
import type { Segmenter } from "../models/segmenter.ts";
import { flagThreshold } from "./flag_threshold.ts";

/** How voxels of a piece touch: by their corners, too, as in nnU-Net. */
const CONNECTIVITY = 26;

/** Rounding does not count as a fall. */
const NO_FALL = 1e-9;

/** What is known of a segmentation of one volume. */
interface ScoredCase {
  /** Of each class, background left out. */
  readonly classes: readonly {
    /** Null where neither mask holds it. */
    readonly dice: number | null;
    readonly largest: number | null;
    readonly pieces: number;
  }[];
  /** Null where neither mask holds anything. */
  readonly mean: number | null;
}

/**
 * Segments labelled cases and finds, class by class, whether the largest connected piece alone is as
 * good as all: it is kept alone where the mean Dice does not fall (after nnU-Net). And it finds from
 * where on entropy and the disagreement of the networks tell that a volume is to be looked at.
 *
 * @param cases At least one; each is loaded when its turn comes.
 * @param prepare Prepares a case.
 * @param badDice Below this mean Dice (0-1) a volume is bad.
 * @throws {DatasetError} If a case cannot be loaded or has no label.
 */
export async function findPostprocessing(
  segmenter: Pick<Segmenter, "segment" | "atOnce">,
  cases: readonly CaseSource[],
  prepare: (source: CaseSource) => Promise<EvaluableCase>,
  task: Task,
  badDice: number,
): Promise<Omit<Postprocessing, "step">> {
  const scores = new Map<Network, ScoredCase[]>();
  const entropies: number[] = [], disagreements: number[] = [];
  for (const source of cases) {
    const prepared = await prepare(source);
    const truth = prepared.reference.label?.data;
    if (truth === undefined) {
      throw new DatasetError(`Cannot postprocess by ${source.id}: it has no label`);
    }
    const found = await segmentInTurns(segmenter, prepared, { entropy: true });
    entropies.push(meanOf(found.entropy!));
    const masks = new Map(
      networksOf(found).map((network) => [network, prepared.restore(found[network]!)]),
    );
    for (const [network, mask] of masks) {
      const scored = scoreCase(mask, truth, task);
      scores.set(network, [...scores.get(network) ?? [], scored]);
    }
    const [ftn, stn] = NETWORKS.map((network) => masks.get(network)?.data);
    if (stn) disagreements.push(disagreementOf(ftn!, stn, scoredLabels(task)));
  }
  const networkOf = (network: Network) =>
    summary(scores.get(network)!, { entropies, disagreements }, task, badDice);
  return {
    ...{ cases: cases.length, connectivity: CONNECTIVITY, badDice },
    networks: { ftn: networkOf("ftn"), ...scores.has("stn") && { stn: networkOf("stn") } },
  };
}

function scoreCase(
  mask: ReturnType<EvaluableCase["restore"]>,
  truth: Uint8Array,
  task: Task,
): ScoredCase {
  const classes = task.labels.slice(1).map((_, n) => n + 1);
  const largest = cleanLabels(mask, { keepLargest: classes, connectivity: CONNECTIVITY });
  const { classes: pieces } = connectedComponents(mask, CONNECTIVITY);
  // What nobody labelled is neither right nor wrong.
  const known = (labels: Uint8Array) =>
    truth.includes(IGNORED)
      ? labels.map((value, n) => truth[n] === IGNORED ? IGNORED : value)
      : labels;
  const [before, after] = [known(mask.data), known(largest.data)];
  const labels = scoredLabels(task);
  return {
    classes: classes.map((index) => ({
      dice: dice(before, truth, index, "exclude"),
      largest: dice(after, truth, index, "exclude"),
      pieces: pieces.filter((own) => own === index).length,
    })),
    mean: diceOver(classDice(before, truth, labels), labels, "skip").mean,
  };
}

function summary(
  scores: readonly ScoredCase[],
  flags: { readonly entropies: readonly number[]; readonly disagreements: readonly number[] },
  task: Task,
  badDice: number,
): NetworkPostprocessing {
  const labels = task.labels.slice(1).map(({ name }, n) => {
    const own = scores.map(({ classes }) => classes[n]!);
    const [before, after] = [
      meanOfKnown(own.map((one) => one.dice)),
      meanOfKnown(own.map((one) => one.largest)),
    ];
    // Both are null where no volume holds the label, which then says nothing.
    const keepLargest = before !== null && after !== null && after >= before - NO_FALL;
    const inPieces = own.filter(({ pieces }) => pieces > 1).length;
    return { name, dice: before, largestDice: after, inPieces, keepLargest };
  });
  const bad = scores.map(({ mean }) => mean !== null && mean < badDice);
  return {
    labels,
    bad: bad.filter(Boolean).length,
    flags: {
      entropy: flagThreshold(flags.entropies, bad),
      ...flags.disagreements.length > 0 && {
        disagreement: flagThreshold(flags.disagreements, bad),
      },
    },
  };
}
