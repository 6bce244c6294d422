/** What is fuzzed. */
import type { HeaderField, InputKind } from "./mutator.ts";

/** A reader of one kind of file, with valid inputs to spoil. */
export interface FuzzTarget {
  readonly name: string;
  /** What its inputs look like inside. */
  readonly kind: InputKind;
  /** Inputs that it reads; each is spoilt as often as the others. */
  readonly seeds: readonly Uint8Array[];
  /** The name of the file in its folder, by which it is read. */
  readonly file: string;
  /** Other files of the folder, by their names in it. */
  readonly beside?: Readonly<Record<string, Uint8Array | string>>;
  /** What an error has to name where that is not the file: one of these. */
  readonly names?: readonly string[];
  /** Where headers of the seeds hold numbers. */
  readonly fields?: readonly HeaderField[];
  /** What is done to a spoilt input, as compressing it or mending its sums, so that it is looked into. */
  dress?(spoilt: Uint8Array, n: number): Uint8Array;
  /**
   * All that read such a file, each of which has to give a value or refuse it. They get where the file
   * lies and what it holds.
   */
  readonly readers: readonly ((path: string, bytes: Uint8Array) => unknown)[];
  /** Bytes of memory that an honest reader needs at the most; absent: 16 times the input's length. */
  honest?(bytes: Uint8Array): number;
  /** Its share of a campaign's inputs; absent: 1. */
  readonly share?: number;
}

/** The folder in which the files of targets seem to lie. */
export const FUZZ_FOLDER = "/fuzz";

/** Bytes of a text, or of a value as JSON. */
export function textBytes(content: unknown): Uint8Array {
  return new TextEncoder().encode(
    typeof content === "string" ? content : JSON.stringify(content, null, 1),
  );
}
