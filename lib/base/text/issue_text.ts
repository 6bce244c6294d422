import type { z } from "../deps/zod.ts";
import { shortJson } from "./short_json.ts";
import { shortText } from "./short_text.ts";

/**
 * What is wrong with a value by a schema, as "data.size is 5, wanted a multiple of 16".
 *
 * @param value The whole value that was checked, in which the issue's path is looked up.
 */
export function issueText(issue: z.core.$ZodIssue, value: unknown): string {
  const path = issue.path.map(String);
  const place = shortText(path.join(".")) || "it";
  if (issue.code === "unrecognized_keys") {
    return `${place} has the unknown key ${shortText(issue.keys.join(", "))}`;
  }
  return `${place} is ${shown(valueAt(value, path))}, ${wanted(issue)}`;
}

/** What a schema calls otherwise than a person would. */
const KINDS: Readonly<Record<string, string>> = { int: "a whole number", record: "object" };

function wanted(issue: z.core.$ZodIssue): string {
  const own = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  // A schema's own words know more.
  if (own.startsWith("wanted")) return own;
  switch (issue.code) {
    case "invalid_type":
      return `wanted ${KINDS[issue.expected] ?? issue.expected}`;
    case "invalid_union": {
      // Of each form its first fault; a form that is right but for something inside says more.
      const forms = issue.errors.map(([first]) => first).filter((first) => first !== undefined);
      const inner = forms.find(({ path }) => path.length > 0);
      if (inner !== undefined) {
        return `${wanted(inner)} for ${shortText(inner.path.map(String).join("."))}`;
      }
      const texts = forms.map((form) => wanted(form).replace(/^wanted /, ""));
      return texts.length === 0 ? issue.message : `wanted ${[...new Set(texts)].join(" or ")}`;
    }
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

/** A whole list would hide what is wrong with it. */
function shown(value: unknown): string {
  return value === undefined ? "missing" : shortJson(value);
}
