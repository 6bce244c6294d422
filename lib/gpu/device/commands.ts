/**
 * What is sent to the thread that drives the card (card_thread.ts): plain data, done in the order in
 * which it was sent.
 */

/** A buffer that a kernel reads or writes, from its start or from an offset in bytes. */
export interface Binding {
  readonly binding: number;
  readonly buffer: number;
  readonly offset?: number;
  readonly size?: number;
}

/** Kinds of what a kernel is bound to, in the order of its bindings. */
export type BindingKind = "read-only-storage" | "storage" | "uniform";

/** One command; buffers and pipelines go by numbers that the sender gives. */
export type Command =
  | readonly ["buffer", id: number, size: number, usage: number]
  | readonly ["destroy", id: number]
  | readonly ["write", id: number, offset: number, data: Uint8Array]
  | readonly ["copy", from: number, fromAt: number, to: number, toAt: number, bytes: number]
  | readonly [
    "pipeline",
    id: number,
    name: string,
    code: string,
    entry: string,
    /** Absent: as the code has it. */
    kinds: readonly BindingKind[] | undefined,
  ]
  | readonly [
    "dispatch",
    pipeline: number,
    bindings: readonly Binding[],
    groups: readonly [number, number, number],
  ];

/** Bytes to be read. */
export interface ReadPart {
  readonly buffer: number;
  readonly offset: number;
  readonly bytes: number;
}

/** What went wrong on the card, as the thread tells it. */
export interface CardProblem {
  readonly kind: "out of memory" | "device lost" | "validation error";
  readonly text: string;
}

/** What a kernel took, by timestamps of the card. */
export interface KernelTime {
  readonly name: string;
  readonly milliseconds: number;
}

/** A message to the thread. */
export type CardRequest =
  | { readonly type: "run"; readonly commands: readonly Command[] }
  | {
    readonly type: "read";
    readonly commands: readonly Command[];
    readonly parts: readonly ReadPart[];
    /** {@linkcode ANSWER} words, then the bytes of the parts, one behind the other. */
    readonly answer: SharedArrayBuffer;
    /** Where a problem is told, as JSON. */
    readonly problem: SharedArrayBuffer;
  }
  | { readonly type: "profile"; readonly on: boolean }
  | { readonly type: "times" }
  | { readonly type: "lose" }
  | { readonly type: "close" };

/** Words at the start of an answer, and what they say. */
export const ANSWER = {
  /** 0 while it is not there, 1 with the bytes, 2 with a problem. */
  state: 0,
  /** Bytes of the problem's text. */
  problemBytes: 1,
  /** Bytes in front of the data. */
  bytes: 16,
} as const;

/** How the card is asked for. */
export interface CardTask {
  readonly powerPreference: "high-performance" | "low-power";
  readonly fallback: boolean;
}

/** What the thread says of the card it opened. */
export interface CardInfo {
  /** Who made it, as `nvidia`; empty where the driver does not say. */
  readonly vendor: string;
  /** Its family, as `ampere`; empty where the driver does not say. */
  readonly architecture: string;
  /** The driver's name or number of it; may be empty. */
  readonly device: string;
  /** What it is called; may be empty. */
  readonly description: string;
  /** A card that is computed by the processor. */
  readonly software: boolean;
  /** Names of WebGPU's optional features that it has, sorted. */
  readonly features: readonly string[];
  /** WebGPU's limits by name, those of bytes in bytes. */
  readonly limits: Readonly<Record<string, number>>;
}
