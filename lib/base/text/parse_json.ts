import type { z } from "../deps/zod.ts";
import { issueText } from "./issue_text.ts";
import { messageOf } from "./message_of.ts";

/** An error class of one outside format. */
export type ReadErrorClass = new (message: string, options?: ErrorOptions) => Error;

/**
 * The value of a JSON text, checked. A byte order mark before it is passed over.
 *
 * @param name What errors call the text, as a path.
 * @param Failure The class of the error.
 * @throws {Error} Of class `Failure`, if the text is no JSON or not as the schema wants; the message
 * names the first key that is wrong, what it is and what is wanted.
 */
export function parseJson<T>(
  text: string,
  schema: z.ZodType<T>,
  name: string,
  Failure: ReadErrorClass,
): T {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new Failure(`Cannot open ${name}: it is no JSON (${messageOf(cause)})`, { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Failure(`Cannot open ${name}: ${issueText(result.error.issues[0]!, value)}`);
}
