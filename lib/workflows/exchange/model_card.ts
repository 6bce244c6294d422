/** A model card: what a run's networks are, what they were made of, and how far to trust them. */
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { markdownTable } from "../../base/report/text_table.ts";
import { foregroundNames } from "../../base/task/task.ts";
import { markdownText } from "../../base/text/markdown_text.ts";
import { sizeText } from "../../base/volume/slice_size.ts";
import type { SavedDivision } from "../../formats/run_folder/division.ts";
import type { Evaluation } from "../../formats/run_folder/evaluation.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { labelTable, setTable, severityTable } from "./card_scores.ts";
import { methodOf } from "./method_of.ts";

/** What a card is made of. */
export interface CardFacts {
  /** What the run is called. */
  readonly name: string;
  /** The data set's name; null for the phantom, undefined where weights were imported. */
  readonly dataset: string | null | undefined;
  readonly config: ResolvedConfig;
  readonly data: RunData;
  /** Learnt numbers and running statistics of the networks that were trained. */
  readonly parameters: number;
  /** Steps that the weights were trained, and which checkpoint they are. */
  readonly trained: { readonly steps: number; readonly checkpoint: string };
  /** Who trains, validates and tests; undefined where the run does not tell. */
  readonly division: SavedDivision | undefined;
  /** By what they are called: the run's own, and others. */
  readonly evaluations: readonly { readonly name: string; readonly evaluation: Evaluation }[];
  /** The version of Tandem that writes the card. */
  readonly version: string;
}

/** Test subjects below which intervals are too narrow to be believed. */
const FEW_SUBJECTS = 10;

/** The card as Markdown. Text that comes from data stands in it as text. */
export function modelCard(facts: CardFacts): string {
  const { name, data, evaluations } = facts;
  const sections = [
    `# ${line(name)}`,
    `Segments ${list(foregroundNames(data.task))} in slices of ${
      list(data.task.channels.map((channel) => channel.name))
    }. It is no medical device.`,
    "## Data",
    bullets(dataLines(facts)),
    "## Training",
    bullets(trainingLines(facts)),
    "## Scores",
    ...scoreSections(facts),
    "## Limits",
    bullets(limitLines(facts)),
    "## How to run it",
    "With the run folder, or one that `tandem import` makes of exported weights:",
    "```sh\ntandem predict --run RUN -i scan.nii.gz -o labels.nii.gz\n" +
    "tandem export RUN -o model.onnx   # for other runtimes; how images are prepared is in its metadata\n```",
    `Written by Tandem ${line(facts.version)} from the files of the run` +
    (evaluations.length > 1 ? " and further evaluations" : "") + ".",
  ];
  return sections.join("\n\n") + "\n";
}

function dataLines({ dataset, data, division, config }: CardFacts): string[] {
  const { task, preparation, layout } = data;
  const { size, spacing, intensity, larger, sliceAxis } = preparation;
  return [
    dataset === undefined
      ? "Data set: not told; the weights were imported."
      : dataset === null
      ? "Data set: synthetic hearts (Tandem's phantom)."
      : `Data set: ${line(dataset)}, layout ${line(layout)}.`,
    `Labels: ${
      task.labels.map(({ name, codes }) => `${line(name)} (${codes.join(", ") || "no code"})`)
        .join(", ")
    }.`,
    `Channels: ${list(task.channels.map(({ name }) => name))}.`,
    `Preparation: slices of ${sizeText(size)} pixels at ${spacing} mm, larger ones ${
      larger === "tiles" ? "in overlapping tiles" : "cut to their centre"
    }; intensities scaled by ${intensity.kind}; slice axis ${sliceAxis}.`,
    division === undefined
      ? "Division: not told."
      : `Division by subjects: ${division.train.length} to train, ${division.validation.length} to ` +
        `validate, ${division.test.length} to test${divisionText(config)}.`,
  ];
}

function divisionText({ data: { split, splitFile, folds, fold, seed } }: ResolvedConfig): string {
  if (split !== null) return `, the published split ${line(split)}`;
  if (splitFile !== null) return `, entry ${fold} of a split file`;
  return folds === null ? `, drawn by seed ${seed}` : `, fold ${fold} of ${folds} by seed ${seed}`;
}

function trainingLines({ config, data, parameters, trained, dataset }: CardFacts): string[] {
  const { method, training, optimizer, model } = config;
  const networks = method.networks === "dual"
    ? "encoder, image decoder and segmentation decoder, and a slow-thinking network that refines"
    : "encoder and segmentation decoder";
  const size = `Networks: ${networks}; width ${model.baseWidth}, ${data.levels} levels, ` +
    `${parameters} numbers.`;
  if (dataset === undefined) return [size, "How the weights were trained is not told here."];
  const known = methodOf(config);
  return [
    known === undefined
      ? "Method: settings of its own."
      : `Method: ${known.title} (\`${known.name}\`): ${known.summary} ${known.source}.`,
    size,
    `Loss: ${method.segmentationLoss === "ce" ? "cross-entropy" : "cross-entropy and soft Dice"}` +
    (method.classWeights === null ? "." : ", classes weighted."),
    `${trained.steps} steps of ${training.batchSize} slices until the \`${trained.checkpoint}\` ` +
    `weights; Adam, learning rate ${optimizer.learningRate}, ${optimizer.schedule}; seed ` +
    `${training.seed}.`,
    ...training.init === null ? [] : ["It began with the weights of another run."],
  ];
}

function scoreSections({ evaluations }: CardFacts): string[] {
  if (evaluations.length === 0) return ["It has not been evaluated yet."];
  return evaluations.flatMap(({ name, evaluation }) => {
    if (evaluation.volumes.length === 0) return [`### ${line(name)}`, "No volume was scored."];
    const severities = severityTable(evaluation);
    return [
      ...evaluations.length > 1 ? [`### ${line(name)}`] : [],
      markdownTable(oneLine(setTable(evaluation))).trimEnd(),
      markdownTable(oneLine(labelTable(evaluation))).trimEnd(),
      ...severities === undefined ? [] : [markdownTable(oneLine(severities)).trimEnd()],
    ];
  });
}

function limitLines({ evaluations, data, dataset, division }: CardFacts): string[] {
  const sets = evaluations.flatMap(({ evaluation }) => Object.values(evaluation.sets));
  const few = evaluations.flatMap(({ evaluation }) =>
    Object.keys(evaluation.sets).filter((name) => {
      const own = evaluation.volumes.filter(({ set }) => set === name);
      return new Set(own.map(({ subject }) => subject)).size < FEW_SUBJECTS;
    })
  );
  const seen = evaluations.flatMap(({ evaluation }) => evaluation.seen ?? []);
  const unlabelled = new Set(sets.flatMap((set) => set.unlabelled ?? []));
  return [
    "It sees slices one by one, and nothing of their neighbours.",
    ...dataset === null ? ["Synthetic hearts say nothing about patients."] : [],
    ...sets.length > 0 && sets.every(({ kind }) => kind !== "cross")
      ? [
        "It was scored on no other domain than its own: scanners, protocols and patients that differ " +
        "may do worse.",
      ]
      : [],
    ...sets.length > 0 && sets.every(({ kind }) => kind !== "corrupted")
      ? ["It was scored on no volumes with artifacts."]
      : [],
    ...few.length > 0
      ? [
        `Fewer than ${FEW_SUBJECTS} subjects were scored in ${
          list([...new Set(few)])
        }: intervals of so few are too narrow.`,
      ]
      : [],
    ...sets.length > 0 && division === undefined
      ? ["Who it was trained on is not told: they may be among those scored."]
      : [],
    ...seen.length > 0
      ? [
        `${new Set(seen.map(({ subject }) => subject)).size} scored subjects were trained or ` +
        "validated on: their scores are too high.",
      ]
      : [],
    ...unlabelled.size > 0
      ? [
        `No label of a test set holds ${
          list([...unlabelled])
        }: how well that is segmented is not ` +
        "known there.",
      ]
      : [],
    ...data.preparation.larger === "crop" ? ["What lies outside the crop is never segmented."] : [],
  ];
}

/** Names in a table's cells may hold what ends a line. */
function oneLine(table: ReturnType<typeof setTable>): ReturnType<typeof setTable> {
  const rows = table.rows.map((row) => ({ ...row, name: flat(row.name) }));
  return { ...table, columns: table.columns.map(flat), rows };
}

function bullets(lines: readonly string[]): string {
  return lines.map((text) => `- ${text}`).join("\n");
}

function list(names: readonly string[]): string {
  return names.map(line).join(", ");
}

function flat(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/** Text from data as text in Markdown, in one line, that makes no links, headings or HTML. */
function line(text: string): string {
  return markdownText(flat(text)).replaceAll(/[#>]/g, (character) => `\\${character}`);
}
