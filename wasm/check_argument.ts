import type { ArgumentType } from "./kernel_arguments.ts";

const WANTED: Readonly<Record<ArgumentType, string>> = {
  pointer: "an address below 4 GiB, a multiple of 4",
  optional: "an address below 4 GiB, a multiple of 4, or 0",
  bytes: "a whole number of 0 to 2 ** 32 - 1",
  count: "a whole number of 0 to 2 ** 31 - 1",
  i32: "a whole number of 32 bits",
  flag: "true or false",
  f32: "a number",
};

/**
 * Refuses what an argument of this type may not be: as a 32-bit word it would mean something else.
 *
 * @throws {TypeError} If it is not a number, or for a flag not a boolean.
 * @throws {RangeError} If it is out of the type's range.
 */
export function checkArgument(
  kernel: string,
  name: string,
  type: ArgumentType,
  value: unknown,
): void {
  if (isOf(type, value)) return;
  const wrong = type === "flag" || typeof value !== "number" ? TypeError : RangeError;
  throw new wrong(
    `Cannot run kernel "${kernel}": argument "${name}" is ${value}, wanted ${WANTED[type]}`,
  );
}

/** Whether a value is what an argument of this type may be. */
function isOf(type: ArgumentType, value: unknown): boolean {
  if (type === "flag") return typeof value === "boolean";
  if (typeof value !== "number") return false;
  if (type === "f32") return true;
  if (!Number.isInteger(value)) return false;
  switch (type) {
    case "pointer":
      return value > 0 && value <= 0xffffffff && value % 4 === 0;
    case "optional":
      return value >= 0 && value <= 0xffffffff && value % 4 === 0;
    case "bytes":
      return value >= 0 && value <= 0xffffffff;
    case "count":
      return value >= 0 && value <= 0x7fffffff;
    case "i32":
      return (value | 0) === value;
  }
}
