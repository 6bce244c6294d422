import { EXIT } from "./exit_code.ts";

/** Standard output that takes no more. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  /** Whether the reader has stopped listening, as `| head -1` does. */
  readonly closed: boolean;

  constructor(cause: unknown) {
    super(`Cannot write to standard output: ${(cause as Error).message}`, { cause });
    this.closed = cause instanceof Deno.errors.BrokenPipe;
  }

  /** Broken off by the reader is not failed. */
  get exitCode(): number {
    return this.closed ? EXIT.interrupted : EXIT.failure;
  }
}

let lost: OutputError | undefined;
let onLost: ((error: OutputError) => void) | undefined;

/** Why standard output takes no more; undefined while it does. */
export function lostOutput(): OutputError | undefined {
  return lost;
}

/**
 * Is told when standard output takes no more, in place of an error where it was written to: a
 * training is to save first.
 */
export function whenOutputIsLost(handler: (error: OutputError) => void): void {
  onLost = handler;
}

/**
 * Has `console` notice that standard output takes no more, which it does not by itself, and write the
 * control characters of names as text, so that no file's name speaks to the terminal.
 */
export function guardStreams(): void {
  console.log = (...parts: unknown[]) => writeOut(`${parts.join(" ")}\n`);
  console.error = (...parts: unknown[]) => writeError(`${parts.join(" ")}\n`);
  console.warn = console.error;
}

/** Writes to standard output. */
function writeOut(text: string): void {
  if (lost !== undefined) return;
  try {
    writeAll(Deno.stdout, text);
  } catch (cause) {
    lost = new OutputError(cause);
    if (onLost === undefined) throw lost;
    onLost(lost);
  }
}

/** Writes to standard error; nobody is left to be told where that fails. */
function writeError(text: string): void {
  try {
    writeAll(Deno.stderr, text);
  } catch { /* nothing to be done */ }
}

// deno-lint-ignore no-control-regex
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Text whose control characters are written out, as `\u001b`, and those that turn the direction of what
 * follows, so that a name looks like another; lines and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(UNSEEN, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Writes a whole text, and waits where a stream that does not block is full. */
export function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = new TextEncoder().encode(printable(text));
  for (let written = 0; written < bytes.length;) {
    try {
      written += stream.writeSync(bytes.subarray(written));
    } catch (error) {
      // a pipe that does not block, as a parent has set it, and is full: its reader has paused
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
