/** Text without the ends of lines and other control characters, which would end a row or a caption. */
export function inOneLine(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, " ");
}
