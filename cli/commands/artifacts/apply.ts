import { ARTIFACT_MODES, NIFTI_DATATYPES } from "../../../lib/names.ts";
import type { AppliedArtifact, LabelMeaning, Severity } from "../../../mod.ts";
import { endAtInterrupts } from "../../listen_for_interrupts.ts";
import { Command, InvalidArgumentError, Option } from "../../deps/commander.ts";
import { UsageError } from "../../exit_code.ts";
import { severity, wholeNumber } from "../../option_values.ts";

/** Characters of a parameter at most; longer lists are counted. */
const BRIEF = 80;

/** `tandem artifacts apply`. */
export function applyCommand() {
  return new Command("apply")
    .description("Put one artifact on one NIfTI volume.")
    .argument("<name>", "the artifact; `artifacts list` names them")
    .requiredOption("-i, --input <file>", "the volume")
    .requiredOption("-o, --output <file>", "where to write it")
    .option("--overwrite", "replace files that exist")
    .option("--label <file>", "its label map")
    .addOption(
      new Option("--layout <name>", "whose codes the label map has, where the artifact reads it")
        .choices(["acdc", "mnms"] as const).conflicts("role"),
    )
    .option(
      "--role <role=codes>",
      "or the codes of each role, as --role blood=1,3 --role muscle=2",
      roleCodes,
    )
    .option("--label-out <file>", "where to write the label, moved where the anatomy moves")
    .option(
      "--other-frame <file>",
      "the same slices at another time, where the artifact needs them",
    )
    .addOption(
      new Option("--mode <name>", "whose semantics (default: physical, or as the name says)")
        .choices(ARTIFACT_MODES),
    )
    .addOption(
      new Option("--params <json>", "the parameters (default: drawn)")
        .argParser(jsonObject).conflicts("severity"),
    )
    .option("--severity <1-5>", "draw parameters of this severity", severity)
    .addOption(
      new Option(
        "--options <json>",
        "options to draw with, above the severity's; `show` lists them",
      )
        .argParser(jsonObject).conflicts("params"),
    )
    .option("--seed <n>", "seed of the draws", wholeNumber(0), 0)
    .addOption(
      new Option("--dtype <name>", "how voxels are stored").choices(NIFTI_DATATYPES)
        .default("float32" as const),
    )
    .addOption(
      new Option("--rescale <what>", "scale the result to 0-1")
        .choices(["none", "volume", "slice"] as const).default("none" as const),
    )
    .option("--json", "print JSON, all parameters included")
    .action(async (artifact, { labelOut, severity, params, label, dtype, ...options }) => {
      const { layout, role: roles, json = false, mode, otherFrame, options: draw, ...rest } =
        options;
      const meaning = roles !== undefined
        ? "--role"
        : layout !== undefined
        ? "--layout"
        : undefined;
      if (label === undefined && meaning !== undefined) {
        throw new UsageError(`Cannot apply an artifact: ${meaning} wants a label map (--label)`);
      }
      const labelCodes: LabelMeaning | undefined = roles ? { roles } : layout && { layout };
      using _interrupts = endAtInterrupts();
      const tandem = await import("../../../mod.ts");
      const applied = await tandem.applyToFile({
        artifact,
        ...rest,
        overwrite: rest.overwrite === true,
        dtype,
        ...labelCodes && { labelCodes },
        ...mode === undefined ? {} : { mode },
        ...label === undefined ? {} : { label },
        ...labelOut === undefined ? {} : { labelOutput: labelOut },
        ...otherFrame === undefined ? {} : { otherFrame },
        ...draw === undefined ? {} : { options: draw },
        ...params === undefined ? {} : { params },
        ...severity === undefined ? {} : { severity: severity as Severity },
      });
      console.log(json ? JSON.stringify(applied) : textOf(applied));
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

/** One more role: `blood=1,3`. */
function roleCodes(
  text: string,
  earlier: Readonly<Record<string, readonly number[]>> = {},
): Record<string, readonly number[]> {
  const [, role, codes] = /^([\w-]+)=(-?\d+(?:,-?\d+)*)$/.exec(text) ?? [];
  if (role === undefined) throw new InvalidArgumentError("Wanted a role and codes, as blood=1,3.");
  const own = codes!.split(",").map(Number);
  for (const [other, taken] of Object.entries(earlier)) {
    const twice = own.find((code) => taken.includes(code));
    if (twice !== undefined && other !== role) {
      throw new InvalidArgumentError(`Code ${twice} is ${other} already.`);
    }
  }
  return { ...earlier, [role]: [...earlier[role] ?? [], ...own] };
}

function textOf(applied: AppliedArtifact): string {
  const { mode, artifact, params, output, labelOutput, before, after, notes } = applied;
  const range = ({ min, mean, max }: AppliedArtifact["before"]) =>
    `min ${short(min)}, mean ${short(mean)}, max ${short(max)}`;
  return [
    `${mode}/${artifact} -> ${output}${labelOutput === undefined ? "" : ` and ${labelOutput}`}`,
    `params: ${Object.entries(params as object).map(([k, v]) => `${k} ${brief(v)}`).join(", ")}`,
    `before: ${range(before)}`,
    `after:  ${range(after)}`,
    ...notes.map((note) => `note:   ${note}`),
  ].join("\n");
}

/** A parameter in a few words: long lists by their size, which `--json` prints in full. */
function brief(value: unknown): string {
  const text = JSON.stringify(value);
  if (text.length <= BRIEF || !Array.isArray(value)) return text;
  const sizes: number[] = [];
  for (let at: unknown = value; Array.isArray(at); at = at[0]) sizes.push(at.length);
  return `[${sizes.join(" x ")} values, see --json]`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(5)));
}
