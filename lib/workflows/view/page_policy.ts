/** What a page of Tandem may do, and the headers that say so. */

/**
 * Nothing from elsewhere, and no functions made of text. WebAssembly may be compiled; workers of the pool
 * start from `blob:`, and niivue keeps its font and pictures in `data:`.
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self' data:",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The headers of all that a page is sent; the first two give it memory that threads share. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": `${PAGE_POLICY}; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  wasm: "application/wasm",
};

/** The media type of a file by its name. */
export function mediaType(name: string): string {
  return TYPES[name.split(".").at(-1)!] ?? "application/octet-stream";
}
