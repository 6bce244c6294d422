/** Errors as plain data, and back in their class: a message between threads drops the class. */

/** A class of errors; its constructor is not called. */
// deno-lint-ignore no-explicit-any
export type ErrorClass = abstract new (...args: any[]) => Error;

/** What was thrown, as plain data. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorRecord;
  /** What else the error carries, as a code or a path; what is no plain data is left out. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The classes that every thread knows. */
const BUILT_IN: readonly ErrorClass[] = [
  ...[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError],
];

/** The record of something that was thrown. */
export function recordError(thrown: unknown): ErrorRecord {
  if (!(thrown instanceof Error)) return { name: "Error", message: String(thrown), fields: {} };
  const { name, message, stack, cause } = thrown;
  const fields = Object.entries(thrown).filter(([key, value]) =>
    !["name", "message", "stack", "cause"].includes(key) && isPlain(value)
  );
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: recordError(cause) }),
    fields: Object.fromEntries(fields),
  };
}

/**
 * The error of a record, in its class.
 *
 * @param classes Classes that it may be of, besides JavaScript's own; of none of them it is an `Error`
 * that keeps its name, by which an exit code is told.
 */
export function reviveError(record: ErrorRecord, classes: readonly ErrorClass[] = []): Error {
  const { name, message, stack, cause, fields } = record;
  const Class = [...classes, ...BUILT_IN].find((known) => known.name === name);
  const error = new Error(
    message,
    cause === undefined ? {} : { cause: reviveError(cause, classes) },
  );
  // Not by the constructor: each class wants other arguments.
  if (Class !== undefined) Object.setPrototypeOf(error, Class.prototype);
  Object.assign(error, fields);
  if (error.name !== name) own(error, "name", name);
  if (stack !== undefined) own(error, "stack", stack);
  return error;
}

function own(error: Error, key: "name" | "stack", value: string): void {
  const enumerable = key === "name";
  Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true });
}

/** Whether a message can carry it, and JSON too. */
function isPlain(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
