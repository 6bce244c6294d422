import { MOST_SECONDS } from "../lib/names.ts";
import { InvalidArgumentError } from "./deps/commander.ts";

/** A whole number from `low` to `high` (without end by default), from an option's text. */
export function wholeNumber(low: number, high = Infinity): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isSafeInteger(value) && value >= low && value <= high) {
      return value;
    }
    const range = high === Infinity ? `of at least ${low}` : `from ${low} to ${high}`;
    throw new InvalidArgumentError(`Wanted a whole number ${range}.`);
  };
}

/** A number above 0, from an option's text. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("Wanted a number above 0.");
}

/** Seconds, above 0 and no more than a year, from an option's text. */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= MOST_SECONDS) return value;
  throw new InvalidArgumentError(`Wanted a number of seconds above 0, up to ${MOST_SECONDS}.`);
}

/** A number of days, 0 or more, from an option's text. */
export function numberOfDays(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError("Wanted a number of days, 0 or more.");
}

/** Numbers of 0 or more, separated by commas, from an option's text; none where it is empty. */
export function numbers(text: string): number[] {
  const parts = text.trim() === "" ? [] : text.split(",");
  const values = parts.map((part) => part.trim() === "" ? NaN : Number(part));
  if (values.every((value) => Number.isFinite(value) && value >= 0)) return values;
  throw new InvalidArgumentError("Wanted numbers of 0 or more, as 1,2.5.");
}

/** Names separated by commas, from an option's text. */
export function names(text: string): string[] {
  return text.split(",").map((name) => name.trim()).filter((name) => name !== "");
}

/** Gathers an option that may be given several times. */
export function collect(text: string, earlier: string[]): string[] {
  return [...earlier, text];
}

/** A severity, 1 to 5, from an option's text. */
export function severity(text: string): number {
  if (/^[1-5]$/.test(text.trim())) return Number(text);
  throw new InvalidArgumentError("Wanted a severity: 1, 2, 3, 4 or 5.");
}

/** The folder of a tracker's store, from `mlflow=DIR`. */
export function trackedStore(text: string): string {
  const [, dir] = /^mlflow=(.+)$/s.exec(text) ?? [];
  if (dir === undefined) throw new InvalidArgumentError("Wanted mlflow=DIR, as mlflow=mlruns.");
  return dir;
}
