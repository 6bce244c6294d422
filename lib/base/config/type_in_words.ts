import { resolved, type SchemaNode } from "./schema_tree.ts";

/** The type of a setting as people say it: `whole number or null`, `list of text`. */
export function typeInWords(node: SchemaNode): string {
  const { typeInWords: said, anyOf, items, properties, required = [], type } = resolved(node);
  if (said !== undefined) return said;
  if (choicesOf(node) !== undefined && items === undefined && !anyOf?.some(isNull)) return "choice";
  if (anyOf !== undefined) {
    const words = anyOf.map((part) => part.const === undefined ? typeInWords(part) : part.const);
    return [...words.slice(0, -2), words.slice(-2).join(" or ")].join(", ");
  }
  if (items !== undefined) {
    const entry = typeInWords(items);
    return `list of ${PLURALS[entry] ?? entry}`;
  }
  if (properties !== undefined) {
    const fields = Object.entries(properties).map(([name, field]) =>
      `${name}${required.includes(name) ? "" : "?"}: ${typeInWords(field)}`
    );
    return `{ ${fields.join(", ")} }`;
  }
  return WORDS[type!] ?? type!;
}

const WORDS: Readonly<Record<string, string>> = {
  integer: "whole number",
  string: "text",
  boolean: "true or false",
};

const PLURALS: Readonly<Record<string, string>> = {
  "choice": "choices",
  "number": "numbers",
  "whole number": "whole numbers",
};

/** What may be chosen from, for the setting or for the entries of its list; undefined for other types. */
export function choicesOf(node: SchemaNode): readonly (string | number)[] | undefined {
  const { enum: names, anyOf, items } = node;
  if (names !== undefined) return names;
  if (items !== undefined) return items.enum;
  const options = anyOf?.filter((part) => !isNull(part));
  if (options?.length === 1) return choicesOf(options[0]!);
  const values = options?.flatMap((part) => part.const ?? []);
  return values !== undefined && values.length === options!.length ? values : undefined;
}

/** The range of a number or of a list's length, as `0 to below 1`; undefined where all is allowed. */
export function rangeInWords(node: SchemaNode): string | undefined {
  const { rangeInWords: said, anyOf, items, minItems, maxItems } = node;
  if (said !== undefined) return said;
  if (anyOf !== undefined) {
    return anyOf.map(rangeInWords).find((range) => range !== undefined);
  }
  if (items !== undefined) {
    const range = boundsInWords({
      ...(minItems === undefined ? {} : { minimum: minItems }),
      ...(maxItems === undefined ? {} : { maximum: maxItems }),
    });
    return range === undefined
      ? undefined
      : `${range} ${range.endsWith(" 1") ? "entry" : "entries"}`;
  }
  const bounds = boundsInWords(node), { multipleOf } = node;
  const multiples = multipleOf === undefined ? [] : [`multiples of ${multipleOf}`];
  const parts = [...multiples, ...(bounds === undefined ? [] : [bounds])];
  return parts.length === 0 ? undefined : parts.join(", ");
}

function boundsInWords(node: SchemaNode): string | undefined {
  // Every whole number has these; they are not the schema's wish.
  const low = node.minimum === Number.MIN_SAFE_INTEGER ? undefined : node.minimum;
  const high = node.maximum === Number.MAX_SAFE_INTEGER ? undefined : node.maximum;
  const { exclusiveMinimum: above, exclusiveMaximum: below } = node;
  if (low !== undefined && high !== undefined) return `${low} to ${high}`;
  if (low !== undefined && below !== undefined) return `${low} to below ${below}`;
  const parts = [
    low === undefined ? [] : `at least ${low}`,
    above === undefined ? [] : `above ${above}`,
    high === undefined ? [] : `at most ${high}`,
    below === undefined ? [] : `below ${below}`,
  ].flat();
  return parts.length === 0 ? undefined : parts.join(" and ");
}

function isNull({ type }: SchemaNode): boolean {
  return type === "null";
}
