/** Text with nothing in it that GitHub's Markdown takes for more than text. */
export function markdownText(text: string): string {
  return text.replaceAll(/[\\|*_`<[\]]/g, (character) => `\\${character}`);
}
