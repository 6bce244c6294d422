import { escapeHtml } from "../../../base/deps/std.ts";
import project from "../../../../deno.json" with { type: "json" };
import type { ResolvedConfig } from "../../../base/config/config_schema.ts";
import { makePlan } from "../plan/make_plan.ts";
import type { StudyPlan } from "../plan/study_plan.ts";
import { versionText } from "../../../formats/run_folder/versions.ts";
import { shellWord } from "../../../base/text/shell_word.ts";
import type { Section } from "../../../base/pages/markup.ts";
import type { PageData } from "./page_data.ts";

/** What it takes to make the study again. */
export async function provenanceSection({ summary, runs }: PageData): Promise<Section> {
  const { plan, done, jobs } = summary;
  const entries = [
    ["Preset", plan.preset],
    ["Methods", plan.methods.join(", ")],
    ...plan.preset === "scores" ? [["Predictions", runs[0]?.evaluation.predictions ?? ""]] : [
      ["Replicates", plan.replicates.map(replicateText).join("; ")],
      ["Training subjects", plan.trainingSubjects.map((n) => n ?? "all").join(", ")],
    ],
    ...plan.tests.map(({ name, dir, layout }) => [`Test ${name}`, `${dir} (${layout})`]),
    ["Runs done", `${done} of ${jobs}`],
    ...plan.preset === "scores" ? [] : [["Trained by", trainedBy(runs)]],
    ["Page made by", `Tandem ${project.version}, Deno ${Deno.version.deno}`],
  ];
  const list = entries.map(([name, value]) =>
    `<dt>${escapeHtml(name!)}</dt><dd>${escapeHtml(value!)}</dd>`
  );
  const command = plan.preset === "run" || plan.preset === "scores"
    ? undefined
    : await studyCommand(plan);
  const again = command === undefined
    ? ""
    : `<p>To make it again:</p><pre>${escapeHtml(command)}</pre>`;
  // Where the run lay, and was told besides, says nothing to who reads the page.
  const { output, tracking: _, ...settings } = runs[0]?.config ?? plan.settings;
  const shown = { ...settings, output: { ...output, dir: null } };
  return {
    id: "provenance",
    title: "Provenance",
    body: `<dl>${list.join("")}</dl>${again}
${
      plan.preset === "scores"
        ? ""
        : `<details><summary>Configuration of the first run</summary><pre>${
          escapeHtml(JSON.stringify(shown, null, 2))
        }</pre></details>`
    }`,
  };
}

/** The versions that trained the runs, and how many each. */
function trainedBy(runs: PageData["runs"]): string {
  const texts = runs.map(({ versions }) =>
    versions === undefined || versions.length === 0
      ? "not recorded"
      // what came before the first sitting that was recorded
      : [...versions[0]!.firstStep > 0 ? ["not recorded"] : [], ...versions.map(versionText)]
        .join(", then ")
  );
  return [...Map.groupBy(texts, (text) => text)]
    .map(([text, { length }]) => `${text} (${length} ${length === 1 ? "run" : "runs"})`)
    .join("; ");
}

function replicateText({ seed, split, fold }: StudyPlan["replicates"][number]): string {
  return [
    `seed ${seed}`,
    ...(split === null ? [] : [`split ${split}`]),
    ...(fold === null ? [] : [`fold ${fold}`]),
  ].join(", ");
}

/**
 * The command that plans the same study: the preset, what was asked for by name, and each setting
 * in which the plan differs from these.
 */
export async function studyCommand(plan: StudyPlan): Promise<string> {
  const { tracking: _, ...settings } = plan.settings as ResolvedConfig;
  const { dir, layout } = settings.data;
  // Runs on a single part of a cross-validation have it as a setting.
  const parts = new Set(plan.replicates.flatMap(({ fold }) => fold ?? []));
  const folds = parts.size === 0 ? null : settings.data.folds ?? parts.size;
  const distinct = <T>(values: readonly T[]) => [...new Set(values)].join(",");
  const splits = plan.replicates.flatMap(({ split }) => split ?? []);
  const words = [
    "tandem study",
    `--preset ${plan.preset}`,
    ...(dir === null ? [] : [`--data ${shellWord(dir)}`]),
    ...(dir === null || layout === "auto" ? [] : [`--layout ${layout}`]),
    `--methods ${plan.methods.join(",")}`,
    `--seeds ${distinct(plan.replicates.map(({ seed }) => seed))}`,
    ...(splits.length === 0 ? [] : [`--splits ${splits.join(",")}`]),
    ...(folds === null ? [] : [`--folds ${folds}`]),
    `--training-subjects ${plan.trainingSubjects.map((n) => n ?? "all").join(",")}`,
    ...plan.tests.map((test) => `--test ${shellWord(`${test.name}=${test.dir}:${test.layout}`)}`),
  ];
  const base = await makePlan({
    preset: plan.preset,
    methods: plan.methods,
    settings: { data: { dir, layout } },
    ...(folds === null || settings.data.folds === null ? {} : { folds }),
  });
  const known = leaves(base.settings);
  const changed = [...leaves(settings)].filter(([key, value]) => known.get(key) !== value);
  const sets = changed.map(([key, value]) => `--set ${shellWord(`${key}=${value}`)}`);
  return [...words, ...sets].join(" \\\n  ");
}

/** Single settings by their dotted keys, as JSON. */
function leaves(value: object, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? [...leaves(inner, `${prefix}${key}.`)]
        : [[`${prefix}${key}`, JSON.stringify(inner)] as const]
    ),
  );
}
