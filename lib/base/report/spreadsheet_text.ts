/**
 * A text for a table that a spreadsheet may open: one that it would take for a formula, as
 * `=HYPERLINK(…)`, gets an apostrophe before it, which it takes for "this is text" and does not show.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function spreadsheetText(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}
