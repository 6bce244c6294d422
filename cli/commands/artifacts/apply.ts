import { ARTIFACT_MODES, NIFTI_DATATYPES } from "../../../lib/names.ts";
import type { AppliedArtifact, Severity } from "../../../mod.ts";
import { Command, InvalidArgumentError, Option } from "../../deps/commander.ts";
import { severity, wholeNumber } from "../../option_values.ts";

/** NIfTI's datatypes; repeated here so that `--help` loads no library. */
/** `tandem artifacts apply`. */
export function applyCommand() {
  return new Command("apply")
    .description("Put one artifact on one NIfTI volume.")
    .argument("<name>", "the artifact; `artifacts list` names them")
    .requiredOption("-i, --input <file>", "the volume")
    .requiredOption("-o, --output <file>", "where to write it")
    .option("--overwrite", "replace files that exist")
    .option("--label <file>", "its label map: 0 background, 1 LV, 2 MYO, 3 RV")
    .option("--label-out <file>", "where to write the label, moved where the anatomy moves")
    .addOption(
      new Option("--mode <name>", "whose semantics")
        .choices(ARTIFACT_MODES).default("physical" as const),
    )
    .addOption(
      new Option("--params <json>", "the parameters (default: drawn)")
        .argParser(jsonObject).conflicts("severity"),
    )
    .option("--severity <1-5>", "draw parameters of this severity", severity)
    .option("--seed <n>", "seed of the draws", wholeNumber(0), 0)
    .addOption(
      new Option("--dtype <name>", "how voxels are stored").choices(NIFTI_DATATYPES)
        .default("float32" as const),
    )
    .addOption(
      new Option("--rescale <what>", "scale the result to 0-1")
        .choices(["none", "volume", "slice"] as const).default("none" as const),
    )
    .action(async (artifact, { labelOut, severity, params, label, dtype, ...rest }) => {
      const tandem = await import("../../../mod.ts");
      const applied = await tandem.applyToFile({
        artifact,
        ...rest,
        overwrite: rest.overwrite === true,
        dtype,
        ...label === undefined ? {} : { label },
        ...labelOut === undefined ? {} : { labelOutput: labelOut },
        ...params === undefined ? {} : { params },
        ...severity === undefined ? {} : { severity: severity as Severity },
      });
      console.log(textOf(applied));
    });
}

function jsonObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`Wanted JSON (${(error as Error).message}).`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new InvalidArgumentError('Wanted a JSON object, as {"intensity": 1}.');
}

function textOf({ mode, artifact, params, output, labelOutput, before, after }: AppliedArtifact) {
  const range = ({ min, mean, max }: AppliedArtifact["before"]) =>
    `min ${short(min)}, mean ${short(mean)}, max ${short(max)}`;
  return [
    `${mode}/${artifact} -> ${output}${labelOutput === undefined ? "" : ` and ${labelOutput}`}`,
    `params: ${JSON.stringify(params)}`,
    `before: ${range(before)}`,
    `after:  ${range(after)}`,
  ].join("\n");
}

function short(value: number): string {
  return String(Number(value.toPrecision(5)));
}
