import type { Evaluation } from "../../formats/run_folder/evaluation.ts";
import type { CreateStepper } from "../../learning/cooperative/create_stepper.ts";
import type { TrainedRun } from "../../learning/evaluation/evaluate_trained.ts";
import type { StopReason, TrainingEvents } from "../../learning/training/events.ts";

/** Where a run's life shows and how it is ended. */
export interface RunHooks {
  /** Tells listeners of steps, epochs, validations and checkpoints. */
  readonly events?: TrainingEvents;
  /** Abort it with a {@linkcode StopReason} to end the run after the step under way. */
  readonly stop?: AbortController;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
  /** Is told, once the network and the first data are ready, where the run is and how far. */
  readonly onStart?: (start: RunStarted) => void;
  /** Seconds since 1970, for the times in TensorBoard's file; the system's clock by default. */
  readonly clock?: () => number;
  /** Makes the network; the cooperative networks on the WASM backend by default. */
  readonly createStepper?: CreateStepper;
  /** Is told as each volume of the evaluation begins: how many began before, and how many there are. */
  readonly onEvaluation?: (volumes: number, total: number) => void;
  /** Keeps hard examples of the same slices as training goes on; false by default. */
  readonly keepHardExamples?: boolean;
  /**
   * Evaluates the trained run in place of `evaluateTrained`; saved as `evaluation.json`. With false the
   * run ends trained and not evaluated, which `resumeRun` does later.
   */
  readonly evaluate?: ((trained: TrainedRun) => Promise<Evaluation>) | false;
}

/** A run that is about to take its first step. */
export interface RunStarted {
  /** The run's folder. */
  readonly dir: string;
  /** Steps done in earlier sittings. */
  readonly firstStep: number;
  /** Seconds after which this sitting ends; null where there is no limit. */
  readonly maxTime: number | null;
}

/** How a run ended. */
export interface RunResult {
  /** The run's folder. */
  readonly dir: string;
  /** Why training ended. */
  readonly reason: StopReason;
  /** Dice on the test sets; left out where the run was interrupted or there are none. */
  readonly evaluation?: Evaluation;
}
