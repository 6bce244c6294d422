/** What the tests use: assertions of Deno's standard library, typed here, and fast-check. */
// deno-lint-ignore-file no-explicit-any
import { assert as a } from "npm:deno-std@1.4.0/assert/assert.js";
import { assertEquals as eq } from "npm:deno-std@1.4.0/assert/equals.js";
import { assertAlmostEquals as near } from "npm:deno-std@1.4.0/assert/almost_equals.js";
import { assertThrows as throws } from "npm:deno-std@1.4.0/assert/throws.js";
import { assertRejects as rejects } from "npm:deno-std@1.4.0/assert/rejects.js";
import { assertStringIncludes as includes } from "npm:deno-std@1.4.0/assert/string_includes.js";
export * as fc from "npm:fast-check@4.10.2";

type ErrorClass = abstract new (...args: any[]) => Error;

/** Fails unless the expression is truthy. */
export const assert: (expression: unknown, message?: string) => asserts expression = a as any;
/** Fails unless both are deeply equal. */
export const assertEquals: <T>(actual: T, expected: T, message?: string) => void = eq as any;
/** Fails unless |actual - expected| <= tolerance. */
export const assertAlmostEquals: (
  actual: number,
  expected: number,
  tolerance?: number,
  message?: string,
) => void = near as any;
/** Fails unless the function throws an error of the class whose text holds `includes`. */
export const assertThrows: (
  run: () => unknown,
  errorClass?: ErrorClass,
  includes?: string,
) => Error = throws as any;
/** As assertThrows, for a promise. */
export const assertRejects: (
  run: () => PromiseLike<unknown>,
  errorClass?: ErrorClass,
  includes?: string,
) => Promise<Error> = rejects as any;
/** Fails unless `actual` holds `expected`. */
export const assertStringIncludes: (actual: string, expected: string) => void = includes as any;
