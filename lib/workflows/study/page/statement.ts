/** The results in plain words, made from the numbers. */
import type { Network } from "../../../names.ts";
import {
  differenceText,
  intervalText,
  pEquals,
  scoreText,
} from "../../../base/report/number_text.ts";
import { largestRows, referenceTitle } from "../results/score_tables.ts";
import type { Cell, MethodRow, StudySummary } from "../results/study_summary.ts";
import { focusMethod } from "./method_look.ts";
import type { PageData } from "./page_data.ts";

/** Below this a corrected p-value counts as evidence. */
const LEVEL = 0.05;

/** Paragraphs: what was run, and what came out of it. */
export function statement(data: PageData): string[] {
  return [whatWasRun(data), ...whatCameOut(data.summary)];
}

function whatWasRun({ summary, runs, allSubjects }: PageData): string {
  if (summary.plan.preset === "scores") {
    const volumes = runs.reduce((sum, { evaluation }) => sum + evaluation.volumes.length, 0);
    return `Predictions made elsewhere were scored: ${count(volumes, "volume").toLowerCase()}.`;
  }
  const { plan, done, jobs } = summary;
  const numbers = plan.trainingSubjects.map((n) => n ?? allSubjects);
  // A run that failed early has not told how many there are.
  const told = numbers.every(Number.isFinite);
  const subjects = told
    ? `${orList(numbers)} ${numbers.at(-1) === 1 ? "subject" : "subjects"}`
    : "";
  const config = runs[0]?.config;
  const data = config === undefined
    ? ""
    : config.data.dir === null
    ? ` on ${told ? `${subjects} of ` : ""}the phantom (synthetic hearts, ${
      sites(config.phantom.trainingSites)
    })`
    : ` on ${told ? `${subjects} of ` : ""}${dataSet(config.data.layout)}`;
  const steps = runs.map(({ losses }) => losses.at(-1)?.step ?? 0);
  const [least, most] = [Math.min(...steps), Math.max(...steps)];
  const range = steps.length === 0 || most === 0
    ? ""
    : `, ${least === most ? most : `${least} to ${most}`} steps a run`;
  const finished = done === jobs
    ? `${done} ${done === 1 ? "run" : "runs"}`
    : `${done} of ${jobs} runs so far`;
  const were = plan.methods.length === 1 ? "was" : "were";
  return `${count(plan.methods.length, "method")} ${were} trained${data} with ${
    count(plan.replicates.length, "replicate").toLowerCase()
  }: ${finished}${range}.`;
}

function whatCameOut(summary: StudySummary): string[] {
  const rows = largestRows(summary);
  if (rows.length < 2) {
    return rows.flatMap((row) => [alone(row, summary), ...fewSubjects(summary, rows)]);
  }
  const refined = rows.filter(({ stn }) => stn !== undefined);
  return [
    ...bestOf(summary, rows, "ftn"),
    ...(refined.length === 0 ? [] : bestOf(summary, refined, "stn")),
    ...unevenRuns(rows),
    ...chanceOfTraining(summary, rows),
    ...fewSubjects(summary, rows),
  ];
}

/** The averages of a method without another. */
function alone({ method, ftn, stn }: MethodRow, { given }: StudySummary): string {
  if (given.includes(method)) {
    return `Their Dice, averaged over columns of equal weight, is ${
      withInterval(ftn.average)
    }. Intervals are over subjects.`;
  }
  const refined = stn === undefined
    ? ""
    : `, and ${withInterval(stn.average)} with the slow-thinking network`;
  return `Its Dice, averaged over columns of equal weight, is ${
    withInterval(ftn.average)
  } of the fast-thinking network${refined}. Intervals are over subjects.`;
}

/** Which of the rows has the highest average of a network, and how the focus does. */
function bestOf(summary: StudySummary, rows: readonly MethodRow[], network: Network): string[] {
  const { plan: { methods }, columns } = summary;
  const reference = referenceTitle(summary);
  const averageOf = (row: MethodRow) => row[network]!.average;
  const best = rows.reduce((a, b) => averageOf(b).mean > averageOf(a).mean ? b : a);
  const lead = network === "ftn"
    ? `Averaged over ${count(columns.length, "column").toLowerCase()} of equal weight, ` +
      `${best.title} has the highest Dice of the fast-thinking network: ${
        withInterval(averageOf(best))
      }.`
    : `With the slow-thinking network, ${best.title} has the highest average: ${
      withInterval(averageOf(best))
    } (${scoreText(best.ftn.average.mean)} without it).`;
  const first = best.method === methods[0]
    ? `${lead} It is the reference itself: no method did better on average.`
    : `${lead} ${against(best, network, reference)}`;
  const focus = rows.find(({ method }) => method === focusMethod(methods));
  if (focus === undefined || focus === best || focus.method === methods[0]) return [first];
  return [
    first,
    `${focus.title} has ${withInterval(averageOf(focus))}${network === "stn" ? " with it" : ""}. ${
      against(focus, network, reference)
    }`,
  ];
}

function unevenRuns(rows: readonly MethodRow[]): string[] {
  const runs = rows.map((row) => row.runs);
  const [least, most] = [Math.min(...runs), Math.max(...runs)];
  return least === most ? [] : [
    `Methods have ${least} to ${most} runs: each is averaged over those that it has, so ` +
    "differences hold some of the chance between replicates until all are done.",
  ];
}

/** What intervals over subjects leave out. */
function chanceOfTraining({ plan }: StudySummary, rows: readonly MethodRow[]): string[] {
  const { replicates } = plan;
  const one = replicates.length === 1;
  const crossed = replicates.every(({ fold }) => fold !== null);
  if (one || (crossed && new Set(replicates.map(({ seed }) => seed)).size === 1)) {
    return [
      `With one ${one ? "replicate" : "seed"} the intervals hold the chance of the subjects, not ` +
      "that of the training: another seed may change the order of the methods.",
    ];
  }
  const spreads = rows.flatMap(({ ftn, stn }) =>
    [ftn, stn].flatMap((scores) => scores?.average.replicateSd ?? [])
  );
  if (spreads.length === 0) return [];
  const [least, most] = [Math.min(...spreads), Math.max(...spreads)].map(scoreText);
  const divided = replicates.some(({ split, fold }) => split !== null || fold !== null);
  return [
    "The intervals hold the chance of the subjects, not that of the training. Between replicates" +
    `${divided ? ", which differ in their subjects too," : ""} the averages of a method have a ` +
    `standard deviation of ${least === most ? least : `${least} to ${most}`}.`,
  ];
}

/** Below so many subjects a percentile interval is clearly too narrow. */
const FEW_SUBJECTS = 10;

function fewSubjects({ columns }: StudySummary, rows: readonly MethodRow[]): string[] {
  const least = Math.min(
    ...rows.flatMap(({ ftn }) => columns.flatMap(({ name }) => ftn.cells[name]?.subjects ?? [])),
  );
  return least < FEW_SUBJECTS
    ? [
      `A column rests on ${count(least, "subject").toLowerCase()} only: bootstrap intervals over ` +
      "so few are too narrow, so take them, and what they speak for, with care.",
    ]
    : [];
}

function against(row: MethodRow, network: Network, reference: string): string {
  const { title } = row;
  const comparison = row[network]?.average.comparison;
  if (comparison === undefined) {
    return `Too few subjects are shared with ${reference}${
      network === "stn" ? " in this" : ""
    } to compare them.`;
  }
  const { difference, low, high, holmPValue, rankBiserial, subjects } = comparison;
  const numbers = `${differenceText(difference)} against ${reference}${
    network === "stn" ? " with its own slow-thinking network" : ""
  } (95 % interval ${intervalText(low, high)}, ${
    pEquals(holmPValue)
  } after Holm's correction, ${subjects} subjects)`;
  const open = low <= 0 && high >= 0;
  const verdict = open
    ? "The interval includes 0: this study does not show a difference."
    : holmPValue >= LEVEL
    ? "The interval leaves out 0, but the corrected test does not reach 0.05: weak evidence."
    // The mean gives each column the same weight, the test each subject.
    : Math.sign(rankBiserial) !== Math.sign(difference)
    ? "The mean and the test, which counts every subject alike, point opposite ways: no verdict."
    : difference > 0
    ? `Both the interval and the test speak for ${title}.`
    : `Both the interval and the test speak for ${reference}.`;
  return `That is ${numbers}. ${verdict}`;
}

function withInterval({ mean, low, high }: Cell): string {
  return `${scoreText(mean)} ${intervalText(low, high)}`.trim();
}

/** A layout that was recognised is not told: the runs' records name it. */
function dataSet(layout: string): string {
  return layout === "auto" ? "a data set" : `a data set in ${layout} layout`;
}

function sites(names: readonly string[]): string {
  return names.length === 1 ? `site ${names[0]}` : `sites ${names.join(", ")}`;
}

/** "3", "1, 3 or 10". */
function orList(numbers: readonly number[]): string {
  const last = numbers.at(-1)!;
  return numbers.length === 1 ? `${last}` : `${numbers.slice(0, -1).join(", ")} or ${last}`;
}

/** "Three methods", "One replicate". */
function count(number: number, noun: string): string {
  const words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
  return `${words[number] ?? number} ${noun}${number === 1 ? "" : "s"}`;
}
