import type { TrainingEvents, TrainingPosition, ValidationScores } from "./events.ts";

/** The best validation score so far, with its epoch from 1; null before the first. */
export interface BestScore {
  current: { readonly score: number; readonly epoch: number } | null;
}

/** What the validation of a run needs. */
export interface ValidationSources {
  /** Epochs from one validation to the next, 1 or more. */
  readonly every: number;
  readonly best: BestScore;
  /** Scores the validation subjects. */
  readonly validate: () => ValidationScores | Promise<ValidationScores>;
  /** The learning rate of the step that was taken last, where there is one. */
  readonly learningRate?: () => number | undefined;
  /** The name of the score by which the best checkpoint is chosen, higher being better. */
  readonly choose: string;
}

/**
 * Scores the validation subjects after every so many epochs and after the last step, unless the run
 * was interrupted.
 */
export function addValidation(events: TrainingEvents, sources: ValidationSources): void {
  const { every, best, validate, choose } = sources;
  const score = async (epoch: number, position: TrainingPosition) => {
    const scores = await validate();
    const value = scores[choose]!;
    const better = best.current === null || value > best.current.score;
    if (better) best.current = { score: value, epoch };
    await events.emit({
      ...{ type: "validation", position, epoch, scores, score: value, best: better },
      learningRate: sources.learningRate?.(),
    });
  };

  events
    .on("epoch", async ({ epoch, position }) => {
      if (epoch % every === 0) await score(epoch, position);
    })
    .on("done", async ({ reason, position }) => {
      const { step, epoch, index } = position;
      const scored = index === 0 && epoch % every === 0;
      if (reason === "interrupted" || step === 0 || scored) return;
      await score(index === 0 ? epoch : epoch + 1, position);
    });
}
