import { z } from "../deps/zod.ts";
import { configSchema } from "./config_schema.ts";

/** What JSON Schema says of a setting or a section, as far as it is read here. */
export interface SchemaNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly description?: string;
  /** Where the type is not to be read from the rest. */
  readonly typeInWords?: string;
  /** Where the range is not to be read from the rest. */
  readonly rangeInWords?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

let tree: SchemaNode | undefined;

/** The schema of the configuration as a tree of plain values: what zod makes of it, references resolved. */
export function schemaTree(): SchemaNode {
  tree ??= z.toJSONSchema(configSchema, { unrepresentable: "any", reused: "inline" }) as SchemaNode;
  return tree;
}

/** The part that a reference stands for, or the node itself. */
export function resolved(node: SchemaNode): SchemaNode {
  const name = node.$ref?.split("/").at(-1);
  return name === undefined ? node : schemaTree().$defs![name]!;
}

/** The fields of a section, of one that may be null too; undefined for what has none. */
export function fieldsOf(node: SchemaNode): Readonly<Record<string, SchemaNode>> | undefined {
  const inner = node.anyOf?.find(({ type }) => type !== "null") ?? node;
  return inner.properties;
}

/** The node at a path into a value, in which numbers are places in lists; undefined where none is. */
export function nodeAt(path: readonly PropertyKey[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = schemaTree();
  for (const key of path) {
    if (node === undefined) return undefined;
    const fields = fieldsOf(node);
    node = typeof key === "number" ? itemsOf(node) : ownField(fields, String(key));
  }
  return node;
}

/** What a list's entries are, of a list that may be null too; undefined for what is no list. */
export function itemsOf(node: SchemaNode): SchemaNode | undefined {
  return node.items ?? node.anyOf?.find(({ items }) => items !== undefined)?.items;
}

function ownField(
  fields: Readonly<Record<string, SchemaNode>> | undefined,
  key: string,
): SchemaNode | undefined {
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}
