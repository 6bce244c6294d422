/**
 * A unique identifier of what is given (PS3.5, B.2): 2.25 and 128 bits of its SHA-256, as a number. Equal
 * parts give the same one.
 */
export async function uidOf(...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const hashes = await Promise.all(parts.map(async (part) => {
    const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part.slice();
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  }));
  const whole = new Uint8Array(hashes.flatMap((hash) => [...hash]));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  return `2.25.${BigInt(`0x${hash.slice(0, 16).toHex()}`)}`;
}
