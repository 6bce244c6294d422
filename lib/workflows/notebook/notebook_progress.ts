import { type StepEvent, TrainingEvents } from "../../learning/training/events.ts";
import { Pace } from "../../learning/training/pace.ts";
import type { StudyEvent } from "../study/jobs/study_events.ts";

/** Sends a message of Jupyter's protocol to the front end. */
export type Broadcast = (type: string, content: Record<string, unknown>) => Promise<void>;

/** Milliseconds between two updates of the line. */
const INTERVAL = 300;

/**
 * One line below a notebook's cell that says how far the work in it is. It is what `startRun` and
 * `resumeRun` take as their hooks; `onEvent` is for studies, `onProgress` for suites and other work that
 * counts.
 */
export class NotebookProgress {
  /** Told of a training's steps. */
  readonly events: TrainingEvents = new TrainingEvents();
  readonly #broadcast: Broadcast;
  readonly #now: () => number;
  readonly #id = `tandem-${crypto.randomUUID()}`;
  #isShown = false;
  #shownAt = -Infinity;
  #sent: Promise<void> = Promise.resolve();
  #trained = "";
  #validation = "";
  #pace: Pace | undefined;

  /**
   * A line that nothing has been shown of yet.
   *
   * @param broadcast Sends to the front end.
   * @param now A clock in milliseconds.
   */
  constructor(broadcast: Broadcast, now: () => number = () => performance.now()) {
    this.#broadcast = broadcast;
    this.#now = now;
    this.events
      .on("step", (event) => this.#step(event))
      .on("validation", ({ score }) => {
        this.#validation = `, validation ${score.toFixed(3)}`;
      })
      .on("done", ({ position, reason }) => {
        const seconds = this.#pace?.seconds() ?? 0;
        this.#trained = `trained to step ${position.step} in ${secondsText(seconds)} (${reason})` +
          this.#validation;
        return this.#show(this.#trained, true);
      });
  }

  /** Told as each volume of an evaluation begins. */
  readonly onEvaluation = (volumes: number, total: number): void => {
    const text = `evaluating volume ${volumes + 1} of ${total}`;
    void this.#show(
      [this.#trained, text].filter((part) => part !== "").join("; "),
      volumes + 1 === total,
    );
  };

  /** Told how much of some work is done. */
  readonly onProgress = (done: number, total: number): void => {
    void this.#show(`${done} of ${total}`, done === total);
  };

  /** Told what happens in a study; what fails stays to be read in what `runStudy` gives. */
  readonly onEvent = (event: StudyEvent): void => {
    if (event.type === "step") {
      const { job, step, totalSteps, loss } = event;
      void this.#show(`${job}: step ${step} of ${totalSteps}, loss ${loss.toFixed(3)}`, false);
    } else if (event.type === "evaluation") {
      const { job, volumes, total } = event;
      void this.#show(`${job}: evaluating volume ${volumes} of ${total}`, false);
    } else if (event.type === "summary") {
      const { done, jobs } = event.summary;
      void this.#show(`${done} of ${jobs} runs done`, true);
    }
  };

  #step({ position: { step }, epoch, totalSteps, losses }: StepEvent): Promise<void> {
    // the first step's own time is not in it
    const pace = this.#pace ??= new Pace(step, this.#now);
    const left = pace.secondsLeft(step, totalSteps);
    return this.#show(
      `step ${step} of ${totalSteps}, epoch ${epoch}, loss ${losses["totalLoss"]?.toFixed(3)}` +
        this.#validation + (Number.isFinite(left) ? `, ${secondsText(left)} left` : ""),
      false,
    );
  }

  /** Shows a line in the place of the last one, unless that is too young. */
  #show(text: string, always: boolean): Promise<void> {
    const now = this.#now();
    if (!always && now - this.#shownAt < INTERVAL) return Promise.resolve();
    this.#shownAt = now;
    const type = this.#isShown ? "update_display_data" : "display_data";
    this.#isShown = true;
    const data = { "text/plain": text };
    // one after another, and none of them ends the work
    this.#sent = this.#sent
      .then(() =>
        this.#broadcast(type, { data, metadata: {}, transient: { display_id: this.#id } })
      )
      .catch(() => {});
    return this.#sent;
  }
}

/**
 * Progress in one line of a notebook: `startRun(config, notebookProgress())`. Take a new one for each cell.
 *
 * @throws {TypeError} If there is no Jupyter kernel.
 */
export function notebookProgress(): NotebookProgress {
  let jupyter: { readonly broadcast: Broadcast };
  try {
    // elsewhere it throws where it is asked for
    ({ jupyter } = Deno as unknown as { jupyter: typeof jupyter });
  } catch (cause) {
    const text = "Cannot show progress in a notebook: this is not Deno's Jupyter kernel";
    throw new TypeError(text, { cause });
  }
  return new NotebookProgress((type, content) => jupyter.broadcast(type, content));
}

function secondsText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return whole < 3600 ? `${Math.round(whole / 60)} min` : `${(whole / 3600).toFixed(1)} h`;
}
