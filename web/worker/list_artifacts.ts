import { type FieldSchema, fieldsOf } from "../../lib/imaging/artifacts/field_names.ts";
import { ARTIFACTS } from "../../lib/imaging/artifacts/registry.ts";
import type { ArtifactOption, ListedArtifact } from "./protocol.ts";

/** All artifacts, with their options. */
export function listArtifacts(): ListedArtifact[] {
  return ARTIFACTS.map((artifact) => ({
    name: artifact.name,
    mode: artifact.mode,
    summary: artifact.doc.summary,
    needsOtherFrame: artifact.needs.includes("otherFrame"),
    options: Object.entries(fieldsOf(artifact.optionsSchema)).map(optionOf),
    graded: ([1, 2, 3, 4, 5] as const).map((severity) =>
      artifact.optionsSchema.parse(artifact.optionsOf(severity)) as Record<string, unknown>
    ),
  }));
}

/** How a person is asked for an option; its schema, and nothing here, says what is right. */
function optionOf([name, schema]: [string, FieldSchema]): ArtifactOption {
  const { type, minimum, maximum } = schema;
  if (schema.enum) return { name, kind: "choice", values: schema.enum };
  if (type === "boolean") return { name, kind: "choice", values: [true, false] };
  if (type !== "number" && type !== "integer") return { name, kind: "json" };
  return {
    ...{ name, kind: "number" },
    ...minimum !== undefined && { least: minimum },
    ...maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && { most: maximum },
  };
}
