import { readSafetensors } from "../../lib/formats/safetensors/files.ts";
import {
  type Alternative,
  type AlternativeName,
  ALTERNATIVES,
} from "./alternatives/alternatives.ts";
import { deviation } from "./alternatives/deviation.ts";
import type { Timing } from "./alternatives/run.ts";
import { runModule } from "./alternatives/subprocess.ts";
import { type Arrays, nameOf, type Work, worksFor } from "./alternatives/work.ts";
import { type Measurement, median, showSeconds } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";

/** What counts as the same numbers: float32, sums in another order. */
const TOLERANCE = 1e-4;

/** One alternative at one kind of work. */
interface Result {
  readonly alternative: AlternativeName;
  readonly threads: number;
  /** Slices that were timed. */
  readonly slices: number;
  /** Of the whole batch; none where it does not run or has other results. */
  readonly seconds?: number;
  /** The largest difference to Tandem's results, as a share of the largest of an array. */
  readonly deviation?: number;
  /** Why there is no time. */
  readonly failure?: string;
}

/**
 * Seconds of the same work by Tandem and by what could be used in its place. The results of one
 * slice of it are compared with Tandem's first.
 *
 * @throws {Error} If Tandem fails. Where another does, its row says why.
 */
export async function measureAlternatives(
  options: BenchOptions,
  size: number,
): Promise<Measurement> {
  const works = [];
  const others = (Object.keys(ALTERNATIVES) as AlternativeName[]).slice(1);
  for (const work of worksFor(options.batch, size)) {
    const { seconds, arrays, ...common } = await time("tandem", work, options);
    const results: Result[] = [{ ...common, seconds, deviation: 0 }];
    for (const name of others) results.push(await compare(name, work, options, arrays));
    works.push({ work, results });
  }
  return {
    values: { batch: options.batch, size, threads: options.threads, works },
    head: ["work", "by", "threads", "median", "/ Tandem", "deviation", "remark"],
    rows: works.flatMap(({ work, results }) =>
      results.map((result, i) => [i === 0 ? nameOf(work) : "", ...cells(result, work, results[0]!)])
    ),
    note: "convolutions: forward and both gradients; deviation: the largest difference to " +
      "Tandem's results on one slice, as a share of the largest result",
  };
}

function cells(result: Result, work: Work, tandem: Result): string[] {
  const { alternative, threads, slices, seconds, deviation, failure } = result;
  const { title, remark }: Alternative = ALTERNATIVES[alternative];
  const scaled = slices < work.batch ? `timed on ${slices} of ${work.batch} slices, scaled` : "";
  return [
    title,
    String(threads),
    seconds === undefined ? "-" : showSeconds(seconds),
    seconds === undefined ? "-" : (seconds / tandem.seconds!).toFixed(1),
    deviation === undefined ? "-" : deviation.toExponential(0),
    failure ?? [remark, scaled].filter((part) => part !== "").join("; "),
  ];
}

async function compare(
  name: AlternativeName,
  work: Work,
  options: BenchOptions,
  reference: Arrays,
): Promise<Result> {
  const common = planned(name, work, options);
  try {
    const { seconds, arrays } = await time(name, work, options);
    const found = deviation(arrays, reference);
    // Written so that NaN fails, too.
    if (found.share <= TOLERANCE) return { ...common, seconds, deviation: found.share };
    const failure = `not the same: ${found.name} deviates by ${found.share.toExponential(1)}`;
    return { ...common, deviation: found.share, failure };
  } catch (error) {
    return { ...common, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Runs an alternative in a process of its own. */
async function time(name: AlternativeName, work: Work, options: BenchOptions) {
  const common = planned(name, work, options), { slices, threads } = common;
  const file = await Deno.makeTempFile({ suffix: ".safetensors" });
  try {
    const [timed, checked] = [slices, 1].map((batch) => JSON.stringify({ ...work, batch }));
    const args = [name, timed!, checked!, String(options.steps), String(threads), file];
    const { seconds } = await runModule<Timing>("run.ts", args);
    const arrays = Object.fromEntries((await readSafetensors(file)).tensors) as Arrays;
    return { ...common, seconds: median(seconds) * work.batch / slices, arrays };
  } finally {
    await Deno.remove(file);
  }
}

/** On how many threads and slices an alternative is timed. */
function planned(name: AlternativeName, work: Work, options: BenchOptions) {
  const { threaded, slices = work.batch }: Alternative = ALTERNATIVES[name];
  return {
    alternative: name,
    threads: threaded ? options.threads : 1,
    slices: Math.min(work.batch, slices),
  };
}
