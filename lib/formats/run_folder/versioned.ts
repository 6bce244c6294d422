import { z } from "../../base/deps/zod.ts";

/**
 * The schema of a JSON record with a version, `format`, of which no other is read. A record without
 * one is from before versions were written: it is read if it has the same fields.
 *
 * @param format The version.
 * @param fields What the record holds besides.
 */
export function versioned<F extends z.ZodRawShape>(format: number, fields: F) {
  const schema = z.object({ format: z.literal(format), ...fields });
  return z.preprocess((value) => {
    const isRecord = value !== null && typeof value === "object" && !Array.isArray(value);
    return isRecord && !("format" in value) ? { format, ...value } : value;
  }, schema);
}
