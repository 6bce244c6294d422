/**
 * How fast a run goes and how long it will still take, from the wall time of this sitting, with its
 * validations and checkpoints.
 *
 * @example
 * ```ts
 * import { Pace } from "./pace.ts";
 *
 * let now = 0;
 * const pace = new Pace(10, () => now);
 * now = 6000;
 * if (pace.secondsLeft(13, 20) !== 14) throw new Error();
 * ```
 */
export class Pace {
  readonly #firstStep: number;
  readonly #now: () => number;
  readonly #started: number;

  /**
   * Starts the clock.
   *
   * @param firstStep Steps done before this sitting.
   * @param now A clock in milliseconds.
   */
  constructor(firstStep: number, now: () => number = () => performance.now()) {
    this.#firstStep = firstStep;
    this.#now = now;
    this.#started = now();
  }

  /** Seconds of this sitting. */
  seconds(): number {
    return (this.#now() - this.#started) / 1000;
  }

  /** Steps a second up to this step; 0 before the first. */
  stepsPerSecond(step: number): number {
    const seconds = this.seconds();
    return seconds > 0 ? (step - this.#firstStep) / seconds : 0;
  }

  /**
   * Seconds still to go at this pace; `Infinity` before the first step.
   *
   * @param maxTime Seconds after which this sitting ends in any case.
   */
  secondsLeft(step: number, totalSteps: number, maxTime: number | null = null): number {
    const left = Math.max(0, totalSteps - step) / this.stepsPerSecond(step);
    const bound = maxTime === null ? Infinity : Math.max(0, maxTime - this.seconds());
    return Math.min(Number.isNaN(left) ? Infinity : left, bound);
  }
}
