/** What a way to spoil an input is. */
import type { RandomStream } from "../../lib/base/random/random_stream.ts";

/** What inputs look like inside, which says how they can be spoilt. */
export type InputKind = "bytes" | "json" | "table" | "text";

/** A number field of a header. */
export interface HeaderField {
  /** The byte at which it begins. */
  readonly at: number;
  readonly type: "uint8" | "int16" | "int32" | "int64" | "float32" | "float64";
}

/** What a mutator may use besides the input. */
export interface MutatorContext {
  readonly draws: RandomStream;
  /** All valid inputs of the target. */
  readonly seeds: readonly Uint8Array[];
  /** Where its header holds numbers. */
  readonly fields: readonly HeaderField[];
}

/** Spoils an input in one way. */
export interface Mutator {
  readonly name: string;
  /** What it works on: all that is no "bytes" is text, and may be spoilt as "text" and "bytes" too. */
  readonly of: InputKind;
  /** A new input; the given one stays as it is. It may throw where it does not fit. */
  mutate(input: Uint8Array, context: MutatorContext): Uint8Array;
}
