/** Places in JSON values, and JSON with parts that JavaScript would not write. */
import type { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { ODD_JSON } from "./odd_values.ts";

/** An object or a list of a value, and one of its keys. */
export interface JsonPlace {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

/** The value of an input; a mark of byte order is passed over. */
export function jsonOf(input: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(input));
}

/** All places of a value, in the order of its text; those of long lists are told by the first few. */
export function placesOf(value: unknown): JsonPlace[] {
  if (value === null || typeof value !== "object") return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(value).slice(0, 40).flatMap((key) => [
    { parent, key },
    ...placesOf(parent[key]),
  ]);
}

/** A text that stands for raw JSON, which {@linkcode encodeJson} puts in its place. */
export function raw(json: string): string {
  return `@raw@${json}@raw@`;
}

/** Something that nobody expects, as raw JSON. */
export function oddJson(draws: RandomStream): string {
  if (draws.chance(0.05)) return JSON.stringify("x".repeat(draws.choice([1000, 200_000])));
  if (draws.chance(0.04)) return nested(draws);
  return draws.choice(ODD_JSON);
}

/** Lists or objects in one another. */
export function nested(draws: RandomStream): string {
  const depth = draws.choice([20, 1000, 20_000]);
  const [open, close] = draws.choice([["[", "]"], ['{"a":', "}"]] as const);
  return open.repeat(depth) + (open === "[" ? "" : "1") + close.repeat(depth);
}

/** The bytes of a value, raw parts as they are. */
export function encodeJson(value: unknown): Uint8Array {
  const text = JSON.stringify(value).replaceAll(
    /"@raw@(.*?)@raw@"/g,
    (_, part: string) => JSON.parse(`"${part}"`),
  );
  return new TextEncoder().encode(text);
}
