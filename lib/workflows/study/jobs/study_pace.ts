import { meanOf } from "../../../base/stats/mean_of.ts";
import type { StudyJob, StudyPlan } from "../plan/study_plan.ts";

/** What is known of how fast something goes. */
interface Measured {
  count: number;
  seconds: number;
}

/**
 * How long a study will still take: seconds a step by method as they were measured, those of a method
 * without a measurement being taken as the mean of the others, and seconds an evaluation. Evaluations
 * count nothing before the first is measured.
 *
 * @example
 * ```ts
 * import { StudyPace } from "./study_pace.ts";
 *
 * let now = 0;
 * const replicate = { seed: 0, split: null, fold: null };
 * const job = { id: "full-seed0", method: "full", replicate, trainingSubjects: null };
 * const pace = new StudyPace({ settings: { training: { maxSteps: 10 } } }, [job], 1, () => now);
 * pace.started(job, 0);
 * now = 4000;
 * pace.stepped(job, 2, 10);
 * if (pace.secondsLeft() !== 16) throw new Error();
 * ```
 */
export class StudyPace {
  readonly #maxSteps: number | null;
  readonly #atOnce: number;
  readonly #now: () => number;
  /** Jobs that are not done, with the steps each has behind it. */
  readonly #open: Map<string, { readonly job: StudyJob; step: number; evaluating?: number }>;
  /** When each job was last heard of. */
  readonly #heard = new Map<string, number>();
  readonly #byMethod = new Map<string, Measured>();
  readonly #evaluations: Measured = { count: 0, seconds: 0 };
  /** Steps of a whole run by number of training subjects. */
  readonly #totals = new Map<number | null, number>();

  /**
   * Begins with nothing measured.
   *
   * @param jobs Those that are not done.
   * @param atOnce How many run at once.
   * @param now A clock in milliseconds.
   */
  constructor(
    { settings }: Pick<StudyPlan, "settings">,
    jobs: readonly StudyJob[],
    atOnce = 1,
    now: () => number = () => performance.now(),
  ) {
    this.#maxSteps = settings.training?.maxSteps ?? null;
    this.#atOnce = atOnce;
    this.#now = now;
    this.#open = new Map(jobs.map((job) => [job.id, { job, step: 0 }]));
  }

  /** Takes over what an earlier sitting measured of a method. */
  remember(method: string, steps: number, seconds: number): void {
    this.#add(method, steps, seconds);
  }

  /** A job begins after so many steps of earlier sittings. */
  started(job: StudyJob, step: number): void {
    this.#open.set(job.id, { job, step });
    this.#heard.set(job.id, this.#now());
  }

  /** A job has done so many steps of so many. */
  stepped(job: StudyJob, step: number, totalSteps: number): void {
    const before = this.#open.get(job.id)?.step ?? 0;
    const seconds = (this.#now() - (this.#heard.get(job.id) ?? this.#now())) / 1000;
    this.#add(job.method, step - before, seconds);
    this.#totals.set(job.trainingSubjects, totalSteps);
    this.#open.set(job.id, { job, step });
    this.#heard.set(job.id, this.#now());
  }

  /** A job is trained and is being evaluated. */
  evaluating(job: StudyJob): void {
    const open = this.#open.get(job.id);
    if (open !== undefined) open.evaluating ??= this.#now();
  }

  /** A job is done, or has failed. */
  ended(job: StudyJob, done: boolean): void {
    const since = this.#open.get(job.id)?.evaluating;
    if (done && since !== undefined) {
      this.#evaluations.count++;
      this.#evaluations.seconds += (this.#now() - since) / 1000;
    }
    this.#open.delete(job.id);
  }

  /** Seconds to the end of the study; `Infinity` before the first step. */
  secondsLeft(): number {
    const { count, seconds: measured } = this.#evaluations;
    const evaluation = count === 0 ? 0 : measured / count;
    let seconds = 0;
    for (const { job, step, evaluating } of this.#open.values()) {
      if (evaluating !== undefined) {
        seconds += Math.max(0, evaluation - (this.#now() - evaluating) / 1000);
      } else {
        const steps = Math.max(0, this.#stepsOf(job) - step);
        seconds += evaluation + (steps === 0 ? 0 : steps * this.#secondsPerStep(job.method));
      }
    }
    return seconds / Math.max(1, Math.min(this.#atOnce, this.#open.size));
  }

  #add(method: string, steps: number, seconds: number): void {
    const known = this.#byMethod.get(method) ?? { count: 0, seconds: 0 };
    this.#byMethod.set(method, {
      count: known.count + steps,
      seconds: known.seconds + seconds,
    });
  }

  #secondsPerStep(method: string): number {
    const own = this.#byMethod.get(method);
    if (own !== undefined && own.count > 0) return own.seconds / own.count;
    const others = [...this.#byMethod.values()].filter(({ count }) => count > 0);
    if (others.length === 0) return Infinity;
    return meanOf(others.map(({ count, seconds }) => seconds / count));
  }

  #stepsOf({ trainingSubjects }: StudyJob): number {
    const known = this.#totals.get(trainingSubjects) ?? this.#maxSteps;
    if (known !== null) return known;
    const seen = [...this.#totals.values()];
    return seen.length === 0 ? Infinity : Math.max(...seen);
  }
}
