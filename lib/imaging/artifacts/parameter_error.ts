/** Checks options and parameters, and says in one line what is wrong with them. */
import { issueText } from "../../base/text/issue_text.ts";
import { z } from "../../base/deps/zod.ts";

const RANGE_CODES = new Set(["too_small", "too_big", "custom", "not_multiple_of", "invalid_value"]);

/** Faults that a message names. */
const MOST_TOLD = 12;

/**
 * The checked value.
 *
 * @param schema What is wanted; keys it does not name are dropped.
 * @param value What was given.
 * @param task What cannot be done without it, such as `apply torchio/spike`.
 * @throws {RangeError} If a value is out of range; the text names such paths and ranges, a dozen at the most.
 * @throws {TypeError} If a value is of a wrong type or missing.
 */
export function checked<S extends z.ZodType>(schema: S, value: unknown, task: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const told = issues.slice(0, MOST_TOLD).map((issue) => issueText(issue, value)).join("; ");
  const more = issues.length - MOST_TOLD;
  const text = `Cannot ${task}: ${told}${more > 0 ? ` and ${more} more` : ""}`;
  throw RANGE_CODES.has(issues[0]!.code) ? new RangeError(text) : new TypeError(text);
}

/** How {@linkcode rangeOption} reads a single number, and what it allows. */
export interface RangeRule {
  /** A number d stands for [-d, d] where true, for [from, d] otherwise. */
  readonly symmetric?: boolean;
  /** Where the range of a single number begins: `itself` for [d, d]; `least` by default. */
  readonly from?: number | "itself";
  /** The least value allowed. */
  readonly least?: number;
  /** Whether only whole numbers are allowed. */
  readonly whole?: boolean;
}

/**
 * A range to draw from: a pair [low, high], or a single number, which the library that an artifact
 * comes from reads in its own way (TorchIO: a range up to it), and a physical artifact as itself.
 */
export function rangeOption(rule: RangeRule) {
  const number = rule.whole ? z.int() : z.number();
  const least = rule.least ?? -Infinity, { from = least } = rule;
  const lone = from === "itself" ? least : from;
  const wanted =
    `Wanted ${rule.whole ? "whole numbers" : "a number"} or an ordered pair [low, high]` +
    (rule.symmetric
      ? ", a single number not negative"
      : `, each at least ${least}${lone === least ? "" : `, a single number at least ${lone}`}`);
  return z.union([number, z.tuple([number, number])], { error: wanted })
    .refine(
      (value) =>
        typeof value === "number"
          ? value >= (rule.symmetric ? 0 : lone)
          : value[0] <= value[1] && value[0] >= least,
      { error: wanted },
    )
    .transform((value): [number, number] =>
      typeof value !== "number"
        ? value
        : [rule.symmetric ? -value : from === "itself" ? value : from, value]
    );
}
