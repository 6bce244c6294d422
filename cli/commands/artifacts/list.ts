import type { ArtifactDescription } from "../../../mod.ts";
import { Command } from "../../deps/commander.ts";

/** `tandem artifacts list`. */
export function listCommand() {
  return new Command("list")
    .description("Name all artifacts, with their parameters, and the options these are drawn with.")
    .action(async () => {
      const { describeArtifacts } = await import("../../../mod.ts");
      for (const [mode, artifacts] of Map.groupBy(describeArtifacts(), ({ mode }) => mode)) {
        console.log(`mode ${mode}`);
        for (const artifact of artifacts) console.log(textOf(artifact));
      }
    });
}

function textOf(
  { name, aliases, doc, params, options, needs, movesLabel }: ArtifactDescription,
): string {
  const notes = [
    ...aliases.length > 0 ? [`also ${aliases.join(", ")}`] : [],
    ...needs.length > 0 ? [`needs ${needs.join(" and ")}`] : [],
    ...movesLabel ? ["moves the label"] : [],
  ];
  return [
    `  ${name}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`,
    `    ${doc.summary}`,
    `    parameters: ${params.join(", ")}`,
    `    drawn with: ${
      Object.entries(options).map(([key, value]) => `${key} ${JSON.stringify(value)}`).join(", ")
    }`,
  ].join("\n");
}
