import type { z } from "../deps/zod.ts";

/**
 * What is wrong with a value by a schema, as "data.size is 5, wanted a multiple of 16".
 *
 * @param value The whole value that was checked, in which the issue's path is looked up.
 */
export function issueText(issue: z.core.$ZodIssue, value: unknown): string {
  const path = issue.path.map(String);
  const place = path.join(".") || "it";
  if (issue.code === "unrecognized_keys") {
    return `${place} has the unknown key ${issue.keys.join(", ")}`;
  }
  return `${place} is ${shown(valueAt(value, path))}, ${wanted(issue)}`;
}

function wanted(issue: z.core.$ZodIssue): string {
  const own = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  // A schema's own words know more.
  if (own.startsWith("wanted")) return own;
  switch (issue.code) {
    case "invalid_type":
      return `wanted ${issue.expected === "int" ? "a whole number" : `${issue.expected}`}`;
    case "invalid_value":
      return `wanted ${issue.values.length === 1 ? "" : "one of "}${issue.values.join(", ")}`;
    case "too_small":
      return `wanted ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}` +
        (issue.origin === "array" ? " of its values" : "");
    case "too_big":
      return `wanted ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`;
    case "not_multiple_of":
      return `wanted a multiple of ${issue.divisor}`;
    default:
      return own;
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce(
    (inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key],
    value,
  );
}

/** Values longer than this are cut: a whole list would hide what is wrong with it. */
const SHOWN = 60;

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
