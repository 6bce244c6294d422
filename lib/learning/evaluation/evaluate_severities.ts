import { planSuite } from "../../imaging/artifacts/suites/make_suite.ts";
import { SUITES } from "../../imaging/artifacts/suites/suite_definition.ts";
import type { CaseSource } from "../../imaging/data/cases/case_source.ts";
import { corruptedCase, remembering } from "./artifact_sets.ts";
import { type ByNetwork, mapNetworks } from "../models/by_network.ts";
import { segmentCase } from "./segment_case.ts";
import { classDice, diceOver, type MaskDice } from "./class_dice.ts";
import { meanOfKnown } from "./mean_of_known.ts";
import type { EvaluateOptions, ScoringOptions } from "./evaluate.ts";
import type { SeverityEvaluation } from "../../formats/run_folder/evaluation.ts";
import type { Segmenter } from "../models/segmenter.ts";
import { heldLabels, scoredLabels } from "./scored_labels.ts";
import { prepareAnew } from "./prepared_cases.ts";

/** The physical counterparts of the four artifact sets. */
const ARTIFACTS = ["bias", "spike", "ghosting", "motion"] as const;

/** On which grid, and on how many volumes. */
export interface SeverityOptions {
  /** What is segmented, and how cases are prepared. */
  readonly data: ScoringOptions["data"];
  /** Where predictions are compared, and on how many volumes. */
  readonly evaluation: Pick<ScoringOptions["evaluation"], "grid" | "empty"> & {
    readonly severityVolumes: number;
  };
}

/**
 * Measures how Dice falls with the severity of physical artifacts, on the first
 * `evaluation.severityVolumes` cases. All severities of an artifact share their other draws.
 *
 * @param all At least one case.
 * @returns Undefined where there is no Dice to fall: no volume holds a label, nor is any segmented.
 * @throws {DatasetError} If a case cannot be loaded or has no label.
 */
export async function evaluateSeverities(
  segmenter: Pick<Segmenter, "segment" | "atOnce">,
  all: readonly CaseSource[],
  { data: { task, preparation }, evaluation }: SeverityOptions,
  { prepare = prepareAnew }: Pick<EvaluateOptions, "prepare"> = {},
): Promise<SeverityEvaluation | undefined> {
  const { grid, severityVolumes, empty = "skip" } = evaluation;
  const scorable = scoredLabels(task);
  const sources = remembering(all.slice(0, severityVolumes));
  const diceOf = async (
    cases: readonly CaseSource[],
    set: string,
  ): Promise<ByNetwork<readonly (number | null)[]>> => {
    const found: ByNetwork<MaskDice>[] = [];
    const held = new Set<number>();
    for (const source of cases) {
      const prepared = await prepare(source, set, preparation);
      const { truth, ...masks } = await segmentCase(segmenter, prepared, grid);
      prepared.content.classes?.forEach((index) => held.add(index));
      found.push(mapNetworks(masks, (mask) => classDice(mask, truth, scorable)));
    }
    const { labels, left } = heldLabels(scorable, (index) => held.has(index));
    const meanOf = (byLabel: MaskDice) => diceOver(byLabel, labels, empty, left).mean;
    return mapNetworks(found[0]!, (_, network) => found.map((dice) => meanOf(dice[network]!)));
  };
  const clean = await diceOf(sources, "severity 0");
  const plan = planSuite(SUITES.physical, sources, {
    seed: 0,
    only: ARTIFACTS,
    labels: task.labels,
  });
  const dice: Record<string, ByNetwork<readonly number[]>> = {};
  const byCase: Record<string, ByNetwork<readonly (readonly (number | null)[])[]>> = {};
  for (const artifact of ARTIFACTS) {
    const severities = [clean];
    for (const severity of [1, 2, 3, 4, 5]) {
      const name = `${artifact}-${severity}`;
      const cases = plan.filter(({ set }) => set.name === name)
        .map((item) => corruptedCase(item.source as CaseSource, item, task.labels));
      severities.push(await diceOf(cases, `severity ${name}`));
    }
    const own = mapNetworks(clean, (_, network) => severities.map((found) => found[network] ?? []));
    const curves = mapNetworks(own, (found) => found.map(meanOfKnown));
    const known = (curve: readonly (number | null)[]) => curve.every((mean) => mean !== null);
    if (!known(curves.ftn) || (curves.stn !== undefined && !known(curves.stn))) return undefined;
    dice[artifact] = curves as ByNetwork<number[]>;
    byCase[artifact] = own;
  }
  return {
    cases: sources.map(({ id }) => id),
    subjects: sources.map(({ subject }) => subject),
    dice,
    byCase,
  };
}
