import { meanOf } from "../stats/mean_of.ts";

/** A number of each step, as `log.jsonl` and `metrics.csv` have them. */
export interface StepNumbers {
  /** The step, from 1. */
  readonly step: number;
  /** Any number of that step, as `totalLoss`. */
  readonly [name: string]: number;
}

/** A curve's point. */
export interface CurveStep {
  readonly step: number;
  readonly value: number;
}

/**
 * The curve of one number by step. Of long runs each point is the mean of equally many neighbouring
 * steps, of those that have the number.
 *
 * @param records In the order of their steps.
 * @param most Points at most.
 */
export function curveOf(records: readonly StepNumbers[], name: string, most: number): CurveStep[] {
  const chunk = stepsPerPoint(records, most);
  const points: CurveStep[] = [];
  for (let start = 0; start < records.length; start += chunk) {
    const part = records.slice(start, start + chunk).filter((record) => record[name] !== undefined);
    if (part.length === 0) continue;
    const mean = (key: string) => meanOf(part.map((record) => record[key]!));
    points.push({ step: mean("step"), value: mean(name) });
  }
  return points;
}

/** Steps that a point of a curve is the mean of. */
export function stepsPerPoint(records: readonly StepNumbers[], most: number): number {
  return Math.max(1, Math.ceil(records.length / most));
}

/** What a loss is called: `standardShapeLoss` as "standard shape loss". */
export function lossTitle(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase());
}
