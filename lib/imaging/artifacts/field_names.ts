import { z } from "../../base/deps/zod.ts";

/** A field as JSON Schema tells of it. */
export type FieldSchema = Readonly<z.core.JSONSchema.JSONSchema>;

/** The fields of an artifact's options or parameters, by name, as they may be given. */
export function fieldsOf(schema: z.ZodType): Readonly<Record<string, FieldSchema>> {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return properties as Record<string, FieldSchema>;
}

/** The names of the fields of an artifact's options or parameters. */
export function fieldNames(schema: z.ZodType): string[] {
  return Object.keys(fieldsOf(schema));
}
