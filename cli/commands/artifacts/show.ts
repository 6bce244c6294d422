import { ARTIFACT_MODES, type ArtifactMode } from "../../../lib/names.ts";
import type { ArtifactDescription } from "../../../mod.ts";
import { endAtInterrupts } from "../../listen_for_interrupts.ts";
import { Command, Option } from "../../deps/commander.ts";

/** `tandem artifacts show`. */
export function showCommand() {
  return new Command("show")
    .description("Explain an artifact, and draw its severities 1 to 5 on a phantom heart.")
    .argument("<name>", "the artifact; `artifacts list` names them")
    .addOption(
      new Option("--mode <name>", "whose semantics (default: physical, or as the name says)")
        .choices(ARTIFACT_MODES),
    )
    .option("-o, --output <file>", "the picture (default: out/show/MODE-NAME.png)")
    .option("--overwrite", "replace a picture that is there (that of the default name always)")
    .action(async (name, { mode, output, overwrite = false }) => {
      using _interrupts = endAtInterrupts();
      const tandem = await import("../../../mod.ts");
      const description = tandem.describeArtifact(name, mode);
      if (output !== undefined) await tandem.checkPicture(output, overwrite);
      console.log(textOf(description));
      const path = output ?? `out/show/${description.mode}-${description.name}.png`;
      const picture = await tandem.drawSeverities(name, mode);
      await tandem.writePicture(path, picture);
      console.log(`\nseverities 1 to 5: ${path}`);
    });
}

function textOf(
  { name, mode, aliases, doc, params, options, severities }: ArtifactDescription,
): string {
  return [
    `${mode}/${name}${aliases.length > 0 ? ` (also ${aliases.join(", ")})` : ""}`,
    ...[["what one sees", doc.summary], ["sampling", doc.sampling], ["model", doc.model]].map(
      ([head, text]) => `\n${head}\n  ${text}`,
    ),
    `\nparameters\n  ${params.join(", ")}`,
    `\noptions and defaults\n${lines(Object.entries(options))}${rangeRule(mode, options)}`,
    `\nseverities\n${lines(severities.map((given, n) => [String(n + 1), given]))}`,
    `\nreference\n  ${doc.reference}`,
  ].join("\n");
}

/** How a single number in the place of a range is read, where there is a range. */
function rangeRule(mode: ArtifactMode, options: Readonly<Record<string, unknown>>): string {
  const isRange = (value: unknown) =>
    Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "number");
  if (!Object.values(options).some(isRange)) return "";
  return mode === "physical"
    ? "\n  (a single number for a range means itself)"
    : "\n  (a single number for a range is read as that library reads it: most often a range up to it)";
}

function lines(entries: readonly (readonly [string, unknown])[]): string {
  return entries.map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`).join("\n");
}
