import { z } from "../../deps/zod.ts";
import { LARGEST_SIDE, type SliceSize, sliceSizeSchema, STRIDE } from "../../volume/slice_size.ts";

/** Sides as people write them: 96, "64x48" (height x width), [64, 48]; or `auto`. */
export const sliceSize = z.unknown().transform((value, context): "auto" | SliceSize => {
  if (value === "auto") return value;
  const pair = typeof value === "string" ? /^(\d+)(?:x(\d+))?$/.exec(value)?.slice(1) : value;
  const given = Array.isArray(pair)
    ? pair.filter((side) => side !== undefined).map(sideOf)
    : [pair];
  const [height, width = height] = given;
  const sides = isObject(pair) ? pair : { height, width };
  const parsed = sliceSizeSchema.safeParse(sides);
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: "custom",
    message: `wanted auto, a multiple of ${STRIDE} from ${STRIDE} to ${LARGEST_SIDE}, or two of ` +
      "them as 64x48 (height x width)",
  });
  return z.NEVER;
}).meta({
  typeInWords: "auto, a whole number, or two as 64x48 (height x width)",
  rangeInWords: `multiples of ${STRIDE} from ${STRIDE} to ${LARGEST_SIDE}`,
});

/** A side given as a number or as text; Number() would take lists, null and true for numbers too. */
function sideOf(side: unknown): number {
  return typeof side === "number" || typeof side === "string" ? Number(side) : NaN;
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
