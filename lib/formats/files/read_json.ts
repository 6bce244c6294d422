import type { z } from "../../base/deps/zod.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { parseJson, type ReadErrorClass } from "../../base/text/parse_json.ts";

/**
 * The value of a JSON file, checked; see {@linkcode parseJson}.
 *
 * @throws {Error} Of class `Failure`, if it cannot be read or is not as the schema wants.
 */
export async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  Failure: ReadErrorClass,
): Promise<T> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new Failure(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
  return parseJson(text, schema, path, Failure);
}
