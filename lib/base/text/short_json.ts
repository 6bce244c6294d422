/**
 * A value as JSON for a message, cut behind so many characters. What would come behind them is not
 * looked at, so that a value that is deep, or that holds one part many times, costs no more than a
 * small one; numbers that JSON does not have are named.
 *
 * @example
 * ```ts
 * import { shortJson } from "./short_json.ts";
 *
 * if (shortJson({ a: [1, "b"] }) !== '{"a":[1,"b"]}') throw new Error();
 * if (shortJson("x".repeat(100), 5) !== '"xxxx…') throw new Error();
 * ```
 */
export function shortJson(value: unknown, most = 60): string {
  let text = "";
  const isFull = () => text.length > most;
  const write = (part: unknown): void => {
    if (typeof part === "string") text += JSON.stringify(part.slice(0, most + 1));
    else if (Array.isArray(part)) {
      text += "[";
      for (let n = 0; n < part.length && !isFull(); n++) {
        if (n > 0) text += ",";
        write(part[n]);
      }
      text += "]";
    } else if (part !== null && typeof part === "object") {
      text += "{";
      let first = true;
      for (const key of Object.keys(part)) {
        if (isFull()) break;
        text += `${first ? "" : ","}${JSON.stringify(key.slice(0, most + 1))}:`;
        first = false;
        write((part as Record<string, unknown>)[key]);
      }
      text += "}";
    } else text += String(part);
  };
  write(value);
  return isFull() ? `${text.slice(0, most)}…` : text;
}
