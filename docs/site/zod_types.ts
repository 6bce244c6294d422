/**
 * zod, whose schemas check what is read as JSON; its own documentation is at https://zod.dev.
 *
 * @module
 */

/** A schema of zod: `parse(value)` gives the value, checked, or throws what is wrong with it. */
export interface ZodType<Output = unknown> {
  parse(value: unknown): Output;
}

export * as z from "./zod_types.ts";
