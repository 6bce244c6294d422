/** Kinds of numbers that settings are. */
import { z } from "../../deps/zod.ts";

/** A whole number from `low` to `high`. */
export const wholeNumber = (low: number, high = Number.MAX_SAFE_INTEGER) =>
  z.number().int().min(low).max(high);
/** What random streams begin with. */
export const seed = wholeNumber(0);
/** A share, 0 to 1. */
export const fraction = z.number().min(0).max(1);
/** A whole number from 1. */
export const count = wholeNumber(1);
