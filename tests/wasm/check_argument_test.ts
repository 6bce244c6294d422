import { assertThrows } from "../deps.ts";
import { checkArgument } from "../../wasm/check_argument.ts";
import type { ArgumentType } from "../../wasm/kernel_arguments.ts";

const GOOD: Readonly<Record<ArgumentType, readonly unknown[]>> = {
  pointer: [4, 0xfffffffc],
  optional: [0, 4, 0xfffffffc],
  count: [0, 0x7fffffff],
  bytes: [0, 3, 0xffffffff],
  i32: [-0x80000000, 0x7fffffff],
  flag: [true, false],
  f32: [0.5, NaN],
};

const BAD: typeof GOOD = {
  pointer: [0, 3, -4, 2 ** 32, undefined],
  optional: [2, -4, 2 ** 32],
  count: [-1, 0.5, 2 ** 31, NaN],
  bytes: [-1, 2 ** 32],
  i32: [0.5, 2 ** 31, -(2 ** 31) - 1, true],
  flag: [0, 1, undefined],
  f32: ["1", undefined],
};

Deno.test("checkArgument() takes what fits a type's word and refuses all else by name", () => {
  for (const type of Object.keys(GOOD) as ArgumentType[]) {
    for (const value of GOOD[type]) checkArgument("fly", "wing", type, value);
    for (const value of BAD[type]) {
      assertThrows(
        () => checkArgument("fly", "wing", type, value),
        type === "flag" || typeof value !== "number" ? TypeError : RangeError,
        `Cannot run kernel "fly": argument "wing" is ${value}, wanted `,
      );
    }
  }
});
