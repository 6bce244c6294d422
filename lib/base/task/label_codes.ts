/** Between the codes of label files and the classes of a task. */
import { IGNORED, type Task } from "./task.ts";

/** Label values may lie this far from a whole number: scaled and resampled files store 0.99998. */
const CODE_TOLERANCE = 1e-3;

/** Unknown codes that a message names at the most. */
const MOST_NAMED = 20;

/** Label values that are no code of a task; `values` holds each once, ascending. */
export class LabelCodeError extends Error {
  /** Its class by name. */
  override readonly name = "LabelCodeError";
  /**
   * Names the first values and the task's codes.
   *
   * @param values Each once, ascending.
   * @param where The file, for the message.
   */
  constructor(readonly values: readonly number[], task: Task, where: string) {
    const known = task.labels.flatMap(({ name, codes }) => codes.map((code) => `${code} ${name}`));
    if (task.ignore !== undefined) known.push(`${task.ignore} ignored`);
    const shown = values.slice(0, MOST_NAMED).join(", ");
    super(
      `Cannot use ${where}: label value${values.length > 1 ? "s" : ""} ${shown}` +
        `${values.length > MOST_NAMED ? ` and ${values.length - MOST_NAMED} more` : ""} ` +
        `${values.length > 1 ? "are" : "is"} none of its codes (${known.join(", ")})`,
    );
  }
}

/**
 * Maps a file's codes to classes, 0 to `labels.length - 1`, and the code of what is ignored to
 * {@linkcode IGNORED}. Values within 1e-3 of a whole number are that number.
 *
 * @param values Voxels of a label file.
 * @param where The file, for the message.
 * @throws {LabelCodeError} If values are none of the codes; it names all of them.
 */
export function toClasses(values: ArrayLike<number>, task: Task, where: string): Uint8Array {
  const classOf = new Map<number, number>();
  task.labels.forEach(({ codes }, index) => codes.forEach((code) => classOf.set(code, index)));
  if (task.ignore !== undefined) classOf.set(task.ignore, IGNORED);
  const classes = new Uint8Array(values.length);
  const unknown = new Set<number>();
  // Neighbours mostly share a value, so one comparison spares most look-ups.
  let [last, lastClass] = [NaN, 0];
  for (let n = 0; n < values.length; n++) {
    const value = values[n]!;
    if (value !== last) {
      const whole = Math.round(value);
      const found = Math.abs(value - whole) <= CODE_TOLERANCE ? classOf.get(whole) : undefined;
      if (found === undefined) {
        unknown.add(value);
        continue;
      }
      [last, lastClass] = [value, found];
    }
    classes[n] = lastClass;
  }
  if (unknown.size > 0) {
    throw new LabelCodeError([...unknown].sort((a, b) => a - b), task, where);
  }
  return classes;
}

/**
 * The code that a label file's value is.
 *
 * @throws {RangeError} If it lies more than 1e-3 from a whole number.
 */
export function nearestCode(value: number): number {
  const whole = Math.round(value);
  if (Math.abs(value - whole) <= CODE_TOLERANCE) return whole;
  throw new RangeError(`a label value is ${value}, wanted a whole number`);
}

/**
 * Maps classes to codes, each label's first one, in the narrowest type that holds all codes of the
 * task; undoes {@linkcode toClasses}.
 *
 * @throws {RangeError} If a class is none of the task's, or its label has no code.
 */
export function toCodes(
  classes: Uint8Array,
  task: Task,
): Uint8Array | Uint16Array | Int16Array | Int32Array {
  const codeOf = new Map(task.labels.map(({ codes }, index) => [index, codes[0]]));
  if (task.ignore !== undefined) codeOf.set(IGNORED, task.ignore);
  const codes = arrayFor([...codeOf.values()].filter((code) => code !== undefined), classes.length);
  let [last, lastCode] = [-1, 0];
  for (let n = 0; n < classes.length; n++) {
    const index = classes[n]!;
    if (index !== last) {
      const code = codeOf.get(index);
      if (code === undefined) {
        throw new RangeError(
          `Cannot write class ${index}: ${
            index < task.labels.length
              ? `label ${task.labels[index]!.name} has no code`
              : `wanted 0 to ${task.labels.length - 1}`
          }`,
        );
      }
      [last, lastCode] = [index, code];
    }
    codes[n] = lastCode;
  }
  return codes;
}

function arrayFor(codes: readonly number[], length: number) {
  const [low, high] = [Math.min(...codes), Math.max(...codes)];
  if (low >= 0 && high <= 255) return new Uint8Array(length);
  if (low >= 0 && high <= 65535) return new Uint16Array(length);
  if (low >= -32768 && high <= 32767) return new Int16Array(length);
  return new Int32Array(length);
}
