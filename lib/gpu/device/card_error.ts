import type { CardProblem } from "./commands.ts";

const ADVICE = {
  "out of memory": "a smaller training.batchSize or data.size needs less; --device cpu needs none",
  "device lost": "the card was reset, unplugged or taken away, and what lay on it is gone",
  "validation error": "--device cpu does without the card",
} as const;

/** The graphics card could not go on. */
export class CardError extends Error {
  /** Its class by name. */
  override readonly name = "CardError";
  /** What happened. */
  readonly kind: CardProblem["kind"];
  /** Whether what lies on the card can still be read, and is what it was before the step. */
  readonly stateKept: boolean;

  /** The error of a problem that the card told. */
  constructor({ kind, text }: CardProblem) {
    super(`Cannot go on on the graphics card: ${kind} (${text.trim()}); ${ADVICE[kind]}`);
    this.kind = kind;
    this.stateKept = kind !== "device lost";
  }
}

/** There is no graphics card to be had, or none that was asked for. */
export class NoCardError extends Error {
  /** Its class by name. */
  override readonly name = "NoCardError";
}
