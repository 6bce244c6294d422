import type { Pace, StepEvent, TrainingEvents } from "../mod.ts";
import { createBar } from "./deps/cli_progress.ts";
import { duration } from "./duration.ts";

/** How to show what happens in a run. */
export interface ProgressOptions {
  /** One JSON object an event on standard output. */
  readonly json: boolean;
  readonly pace: Pace;
  /** Seconds after which the sitting ends; null where it may take its time. */
  readonly maxTime: number | null;
}

/** Seconds between two plain lines about steps. */
const LINE_INTERVAL = 5;

/**
 * Shows a run as a progress bar on a terminal, as a line every few seconds elsewhere, or as JSON
 * lines.
 */
export function showProgress(events: TrainingEvents, options: ProgressOptions): void {
  if (options.json) {
    events.onAny((event) => console.log(JSON.stringify(event)));
  } else if (Deno.stdout.isTerminal() && Deno.stderr.isTerminal()) {
    showBar(events, options);
  } else {
    showLines(events, options);
  }
}

function showBar(events: TrainingEvents, options: ProgressOptions): void {
  const bar = createBar({
    format: "{bar} {value}/{total} | {pace} | {loss}",
    hideCursor: true,
    barsize: 20,
    linewrap: false,
  });
  let running = false;
  const note = (text: string) => {
    // What is printed would otherwise end up in the middle of the bar.
    if (running) bar.stop();
    running = false;
    console.log(text);
  };
  let legend: string | undefined;
  events
    .on("step", (event) => {
      if (legend === undefined) note(legend = legendOf(event));
      const payload = { loss: lossText(event), pace: paceText(event, options) };
      if (running) bar.update(event.position.step, payload);
      else bar.start(event.totalSteps, event.position.step, payload);
      running = true;
    })
    .on("validation", (event) => note(validationText(event)))
    .on("done", () => {
      if (running) bar.stop();
      running = false;
    });
}

function showLines(events: TrainingEvents, options: ProgressOptions): void {
  let shownAt = -Infinity;
  events
    .on("step", (event) => {
      if (shownAt === -Infinity) console.log(legendOf(event));
      const { position: { step }, epoch, totalSteps } = event;
      const now = options.pace.seconds();
      if (now - shownAt < LINE_INTERVAL && step !== totalSteps) return;
      shownAt = now;
      console.log(
        `step ${step}/${totalSteps} epoch ${epoch} | ${lossText(event)} | ` +
          paceText(event, options),
      );
    })
    .on("validation", (event) => console.log(validationText(event)));
}

/** The total, then the terms by short names: `hardShapeLoss` as `hSha`. */
function lossText({ losses }: StepEvent): string {
  const { totalLoss, ...terms } = losses;
  const short = Object.entries(terms)
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => `${shortName(name)} ${value.toFixed(3)}`);
  return [`loss ${totalLoss?.toFixed(3)}`, ...short].join(" ");
}

/** What the short names of the terms stand for: those that a method has are in its first step. */
function legendOf({ losses }: StepEvent): string {
  const terms = Object.keys(losses).filter((name) => name !== "totalLoss");
  return `losses: ${terms.map((name) => `${shortName(name)} ${name}`).join(", ")}`;
}

/** Shows how far the evaluation is, as a line every few seconds. */
export function showEvaluation(json: boolean, now = () => performance.now() / 1000) {
  const began = now();
  let shownAt = began;
  return (volumes: number, total: number): void => {
    if (json) return console.log(JSON.stringify({ type: "evaluation", volumes, total }));
    const seconds = now();
    if (volumes === 0 || seconds - shownAt < LINE_INTERVAL) return;
    shownAt = seconds;
    const left = duration((seconds - began) / volumes * (total - volumes));
    console.log(`evaluating, volume ${volumes}/${total}, ${left} left`);
  };
}

/** The first letter, then three of each further word: initials alone would not tell terms apart. */
function shortName(name: string): string {
  const [first = "", ...others] = name.replace(/Loss$/, "").split(/(?=[A-Z])/);
  return others.length === 0 ? first : first[0] + others.map((word) => word.slice(0, 3)).join("");
}

function paceText({ position: { step }, totalSteps }: StepEvent, options: ProgressOptions): string {
  const { pace, maxTime } = options;
  const left = duration(pace.secondsLeft(step, totalSteps, maxTime));
  return `${pace.stepsPerSecond(step).toFixed(2)} steps/s, ${left} left`;
}

function validationText(
  event: { epoch: number; scores: Readonly<Record<string, number>>; best: boolean },
): string {
  const scores = Object.entries(event.scores)
    // The classes apart are in metrics.csv.
    .filter(([name]) => !/Dice./.test(name))
    .map(([name, value]) => `${name} ${value.toFixed(3)}`);
  return `epoch ${event.epoch}: ${scores.join(", ")}${event.best ? " (best so far)" : ""}`;
}
