/** The results in plain words, made from the numbers. */
import { differenceText, intervalText, pEquals, scoreText } from "../../report/number_text.ts";
import { largestRows, referenceTitle } from "../score_tables.ts";
import type { Cell, MethodRow, StudySummary } from "../study_summary.ts";
import { focusMethod } from "./method_look.ts";
import type { PageData } from "./page_data.ts";

/** Below this a corrected p-value counts as evidence. */
const LEVEL = 0.05;

/** Paragraphs: what was run, and what came out of it. */
export function statement(data: PageData): string[] {
  return [whatWasRun(data), ...whatCameOut(data.summary)];
}

function whatWasRun({ summary, runs, allSubjects }: PageData): string {
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
    : ` on ${told ? `${subjects} of ` : ""}a data set in ${config.data.layout} layout`;
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
  if (rows.length < 2) return [];
  const reference = referenceTitle(summary);
  const best = rows.reduce((a, b) => b.ftn.average.mean > a.ftn.average.mean ? b : a);
  const lead = `Averaged over ${count(summary.columns.length, "column").toLowerCase()} of equal ` +
    `weight, ${best.title} has the highest Dice of the fast-thinking network: ${
      withInterval(best.ftn.average)
    }.`;
  const isReference = best.method === summary.plan.methods[0];
  const first = isReference
    ? `${lead} It is the reference itself: no method did better on average.`
    : `${lead} ${against(best, reference)}`;
  const focus = rows.find(({ method }) => method === focusMethod(summary.plan.methods));
  const second = focus === undefined || focus === best || focus === rows[0]
    ? []
    : [`${focus.title} has ${withInterval(focus.ftn.average)}. ${against(focus, reference)}`];
  const single = summary.plan.replicates.length === 1
    ? [
      "With one replicate the intervals hold the chance of the subjects, not that of the " +
      "training: another seed may change the order of the methods.",
    ]
    : [];
  return [first, ...second, ...single];
}

function against({ title, ftn }: MethodRow, reference: string): string {
  const comparison = ftn.average.comparison;
  if (comparison === undefined) {
    return `Too few subjects are shared with ${reference} to compare them.`;
  }
  const { difference, low, high, holmPValue, subjects } = comparison;
  const numbers = `${differenceText(difference)} against ${reference} (95 % interval ${
    intervalText(low, high)
  }, ${pEquals(holmPValue)} after Holm's correction, ${subjects} subjects)`;
  const open = low <= 0 && high >= 0;
  const verdict = open
    ? "The interval includes 0: this study does not show a difference."
    : holmPValue >= LEVEL
    ? "The interval leaves out 0, but the corrected test does not reach 0.05: weak evidence."
    : difference > 0
    ? `Both the interval and the test speak for ${title}.`
    : `Both the interval and the test speak for ${reference}.`;
  return `That is ${numbers}. ${verdict}`;
}

function withInterval({ mean, low, high }: Cell): string {
  return `${scoreText(mean)} ${intervalText(low, high)}`.trim();
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
