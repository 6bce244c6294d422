/** The metrics against golden values that SciPy made of random masks. */
import {
  addToCalibration,
  assd,
  emptyCalibration,
  expectedCalibrationError,
  hausdorff95,
  lesionDetection,
  surfaceDice,
  surfaceDistances,
} from "../../../lib/imaging/metrics/mod.ts";

/** What `fixtures/metrics/make.py` writes. */
export interface GoldenMetrics {
  readonly tolerances: readonly number[];
  readonly bins: number;
  readonly pairs: readonly {
    readonly shape: readonly [number, number, number];
    readonly spacing: readonly [number, number, number];
    readonly prediction: string;
    readonly reference: string;
    readonly labels: string;
    readonly probabilities: string;
    readonly hd95: number | null;
    readonly assd: number | null;
    readonly nsd: readonly (number | null)[];
    readonly lesions: Readonly<Record<string, number | null>>;
    readonly ece: number | null;
  }[];
}

/** How many numbers of each metric were compared, and how far apart they are at most. */
export type Agreement = Readonly<
  Record<string, { count: number; nulls: number; furthest: number }>
>;

/** Compares all numbers; where just one of two is null they are infinitely apart. */
export function compareGoldenMetrics({ tolerances, bins, pairs }: GoldenMetrics): Agreement {
  const agreement: Record<string, { count: number; nulls: number; furthest: number }> = {};
  const compare = (metric: string, own: number | null, golden: number | null) => {
    const found = agreement[metric] ??= { count: 0, nulls: 0, furthest: 0 };
    const mine = own !== null && Number.isFinite(own) ? own : null;
    found.count++;
    if (mine === null && golden === null) found.nulls++;
    else {
      const apart = mine === null || golden === null ? Infinity : Math.abs(mine - golden);
      found.furthest = Math.max(found.furthest, apart);
    }
  };
  const bytes = (text: string) => Uint8Array.fromBase64(text);
  for (const pair of pairs) {
    const { shape, spacing } = pair;
    const seen = bytes(pair.prediction), truth = bytes(pair.reference), labels = bytes(pair.labels);
    const distances = surfaceDistances(seen, truth, 1, { shape, spacing });
    compare("HD95", hausdorff95(distances, "exclude"), pair.hd95);
    compare("ASSD", assd(distances, "exclude"), pair.assd);
    tolerances.forEach((mm, n) =>
      compare("surface Dice", surfaceDice(distances, mm, "exclude"), pair.nsd[n]!)
    );
    const lesions = lesionDetection(seen, truth, 1, shape, "exclude");
    for (const [key, golden] of Object.entries(pair.lesions)) {
      compare(
        key === "f1" ? "F1 by lesion" : "lesions",
        lesions[key as keyof typeof lesions],
        golden,
      );
    }
    const raw = bytes(pair.probabilities), voxels = labels.length, classes = raw.length / voxels;
    const sums = Float64Array.from(labels, (_, n) => {
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += raw[c * voxels + n]!;
      return sum;
    });
    const probabilities = Float64Array.from(raw, (value, n) => value / sums[n % voxels]!);
    const calibration = emptyCalibration(bins);
    addToCalibration(calibration, probabilities, labels, shape);
    compare("ECE", expectedCalibrationError(calibration), pair.ece);
  }
  return agreement;
}

// deno run -A tests/imaging/metrics/compare_golden_metrics.ts FILE
if (import.meta.main) {
  console.table(compareGoldenMetrics(JSON.parse(await Deno.readTextFile(Deno.args[0]!))));
}
