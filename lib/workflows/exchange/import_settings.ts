/** What weights do not tell: from the record beside them, from settings, or asked for by name. */
import { ConfigError } from "../../base/config/config_error.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { layerSettings } from "../../base/config/layer_settings.ts";
import { parseConfig } from "../../base/config/parse_config.ts";
import { issueText } from "../../base/text/issue_text.ts";
import { LAYOUTS } from "../../imaging/data/cases/open_dataset.ts";
import { type RunData, runDataSchema } from "../../imaging/data/cases/run_data.ts";
import type { MatchedWeights } from "../../learning/models/match_weights.ts";
import { WeightsError } from "../../learning/models/weights_error.ts";
import type { ModelRecord } from "./model_record.ts";

/** The settings that an import takes, all by `--set`. */
const SETTINGS = [
  "data.layout",
  "data.labels",
  "data.channels",
  "data.ignore",
  "data.size",
  "data.spacing",
  "data.intensity",
  "data.sliceAxis",
  "data.larger",
  "data.geometry",
  "method.temperature",
  "method.shapePrior",
];

/** What is known of weights that are to become a run. */
export interface ImportSources {
  /** What errors call the weights. */
  readonly source: string;
  readonly weights: Pick<MatchedWeights, "model" | "networks">;
  /** The record beside them, with the name of its file. */
  readonly record?: { readonly path: string; readonly value: ModelRecord };
  /** Single settings, which come above the record. */
  readonly set: readonly string[];
}

/**
 * Configuration and data of a run that holds imported weights.
 *
 * @throws {ConfigError} If a setting is none of an import, or what nothing tells is missing; all that is
 * missing is named.
 * @throws {WeightsError} If the record is of other networks than the weights.
 */
export function importSettings(
  { source, weights, record, set }: ImportSources,
): { readonly config: ResolvedConfig; readonly data: RunData } {
  const given = givenKeys(set);
  const settings = layerSettings({ set });
  if (record !== undefined) checkRecord(source, weights, record.path, record.value);
  const has = (key: string) => given.includes(key);
  const kept = record?.value.data;
  const { data: asked, method } = settings;
  const reading = has("data.layout") && asked.layout !== "auto"
    ? LAYOUTS[asked.layout].reading
    : undefined;
  const task = reading?.task ?? kept?.task;
  const labels = has("data.labels") ? asked.labels : task?.labels;
  const lone = weights.model.inputChannels === 1 ? [{ name: "image" }] : undefined;
  const channels = has("data.channels") ? asked.channels : task?.channels ?? lone;
  const ignore = has("data.ignore") ? asked.ignore : task?.ignore;
  const pick = <K extends "size" | "spacing" | "sliceAxis" | "larger">(key: K) =>
    has(`data.${key}`) ? asked[key] : kept?.preparation[key];
  const size = pick("size"), spacing = pick("spacing");
  const intensity = has("data.intensity") ? { kind: asked.intensity } : kept?.preparation.intensity;
  const missing = Object.entries({ labels, channels, size, spacing, intensity })
    .filter(([, value]) => value === undefined || value === null || value === "auto")
    .map(([key]) => `data.${key}`);
  if (missing.length > 0) {
    throw new ConfigError(
      missing[0]!,
      `Cannot import ${source}: weights do not tell ${missing.join(", ")}; give each as --set ` +
        "KEY=VALUE (tandem settings KEY tells how), or the config.json that tandem export writes",
    );
  }
  if (has("data.intensity") && asked.intensity === "ct") {
    throw new ConfigError(
      "data.intensity",
      `Cannot import ${source} with data.intensity=ct: its window is that of the training set, ` +
        "which the config.json of tandem export tells alone",
    );
  }
  const { classes, inputChannels } = weights.model;
  checkCount(source, "data.labels", labels!.length, classes, "classes");
  checkCount(source, "data.channels", channels!.length, inputChannels, "channels");
  const sliceAxis = pick("sliceAxis"), larger = pick("larger");
  const { sliceDirection, clip } = kept?.preparation ?? {};
  const { levels } = weights.model;
  const data = checked(source, {
    version: 1,
    layout: has("data.layout") ? asked.layout : kept?.layout ?? "folder",
    task: {
      labels,
      channels,
      ...ignore !== undefined && ignore !== null && { ignore },
      ...!has("data.labels") && task?.regions && { regions: task.regions },
    },
    geometry: has("data.geometry") ? asked.geometry : reading?.geometry ?? kept?.geometry ?? "auto",
    turn: reading === undefined ? kept?.turn ?? null : reading.turn ?? null,
    preparation: {
      ...{ size, spacing, intensity },
      ...sliceAxis !== undefined && { sliceAxis },
      ...larger !== undefined && { larger },
      ...sliceDirection !== undefined && { sliceDirection },
      ...clip !== undefined && { clip },
    },
    levels,
    fingerprint: null,
  });
  const own = record?.value.method;
  return {
    data,
    config: parseConfig({
      model: { baseWidth: weights.model.baseWidth, levels },
      method: {
        networks: weights.networks,
        latentAugmentation: weights.networks === "dual",
        temperature: has("method.temperature") ? method.temperature : own?.temperature,
        shapePrior: has("method.shapePrior") ? method.shapePrior : own?.shapePrior,
      },
      data: {
        labels: data.task.labels,
        channels: data.task.channels,
        ignore: data.task.ignore ?? null,
        size: data.preparation.size,
        spacing: data.preparation.spacing,
        sliceAxis: data.preparation.sliceAxis,
        larger: data.preparation.larger,
        intensity: data.preparation.intensity.kind,
        geometry: data.geometry,
      },
    }),
  };
}

function givenKeys(set: readonly string[]): string[] {
  const keys = set.map((assignment) => assignment.split("=")[0]!.trim());
  const other = keys.find((key) => !SETTINGS.includes(key));
  if (other === undefined) return keys;
  throw new ConfigError(
    other,
    `Cannot import with ${other}: weights have been trained, wanted ${SETTINGS.join(", ")}`,
  );
}

function checkRecord(
  source: string,
  { model, networks }: ImportSources["weights"],
  path: string,
  record: ModelRecord,
): void {
  const { labels, channels } = record.data.task;
  const pairs = [
    ["width", record.model.baseWidth, model.baseWidth],
    ["levels", record.model.levels, model.levels],
    ["classes", labels.length, model.classes],
    ["channels", channels.length, model.inputChannels],
    ["networks", record.method.networks, networks],
  ] as const;
  for (const [what, told, found] of pairs) {
    if (told === found) continue;
    throw new WeightsError(
      `Cannot import ${source}: ${path} tells of ${what} ${told}, the weights have ${found}`,
    );
  }
}

function checkCount(
  source: string,
  key: string,
  found: number,
  wanted: number,
  what: string,
): void {
  if (found === wanted) return;
  throw new ConfigError(
    key,
    `Cannot import ${source}: ${key} names ${found}, wanted the ${wanted} ${what} of the weights` +
      (key === "data.labels" ? ", background first" : ""),
  );
}

function checked(source: string, value: unknown): RunData {
  const result = runDataSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new ConfigError(
    issue.path.join("."),
    `Cannot import ${source}: ${issueText(issue, value)}`,
  );
}
