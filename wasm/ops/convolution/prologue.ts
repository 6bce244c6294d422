/** What a map is multiplied by, added to and passed through while it is read; scale 0: nothing. */
export interface Prologue {
  /** Pointers to a factor and a summand a channel. */
  readonly scale: number;
  readonly shift: number;
  /** Slope below zero. */
  readonly slope: number;
}

/** The map is read as it is. */
export const NO_PROLOGUE: Prologue = { scale: 0, shift: 0, slope: 1 };
