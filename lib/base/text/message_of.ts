import { shortText } from "./short_text.ts";

/** Characters of a message that is told within another. */
const MOST = 2000;

/** What an error says, or what was thrown instead of one, as one line that is not too long. */
export function messageOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return shortText(message.slice(0, 2 * MOST).replaceAll(/\s*\n\s*/g, " ").trim(), MOST);
}
