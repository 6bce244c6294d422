/** Plain data as JSON that gives every number back, and bytes as well. */

/** The text of plain data: bytes in base64, and the numbers that JSON does not have by name. */
export function plainText(value: unknown): string {
  return JSON.stringify(value, (_, own) => {
    if (own instanceof Uint8Array) return { bytes: own.toBase64() };
    if (Object.is(own, -0)) return { number: "-0" };
    return typeof own === "number" && !Number.isFinite(own) ? { number: String(own) } : own;
  });
}

/**
 * What {@linkcode plainText} was given.
 *
 * @throws {SyntaxError} If the text is no JSON.
 */
export function parsePlainText(text: string): unknown {
  return JSON.parse(text, (_, own) => {
    if (own === null || typeof own !== "object") return own;
    const [[key, text] = [], ...others] = Object.entries(own);
    if (others.length > 0 || typeof text !== "string") return own;
    return key === "bytes" ? Uint8Array.fromBase64(text) : key === "number" ? Number(text) : own;
  });
}
