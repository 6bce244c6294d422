/** Words that stand for themselves, and for nothing else that YAML knows. */
const PLAIN = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][\w/-]*$/i;

/** What YAML takes for no text, or for the end of a line. */
const UNSEEN = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * A value in one line of YAML: plain words where they are, JSON else, of which no letter is unseen.
 *
 * @param value What JSON can hold; fields that are undefined are left out.
 *
 * @example
 * ```ts
 * import { yamlText } from "./yaml_text.ts";
 *
 * const text = yamlText({ name: "two words", codes: [1, 2], kind: "part" });
 * if (text !== '{ name: "two words", codes: [1, 2], kind: part }') throw new Error(text);
 * ```
 */
export function yamlText(value: unknown): string {
  if (typeof value === "string") {
    return PLAIN.test(value) ? value : JSON.stringify(value).replaceAll(UNSEEN, escaped);
  }
  if (Array.isArray(value)) return `[${value.map(yamlText).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{ ${fields.map(([key, inner]) => `${yamlText(key)}: ${yamlText(inner)}`).join(", ")} }`;
  }
  return JSON.stringify(value);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
