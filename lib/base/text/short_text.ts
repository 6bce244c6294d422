/** Characters of a name or path that messages show: more of it is not read, and hides the rest. */
const MOST = 400;

/** A text from data for a message: where it is long, its beginning and how long it is. */
export function shortText(text: string, most = MOST): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}
