/** The scores of an evaluation as the tables of a model card. */
import { RandomStream } from "../../base/random/random_stream.ts";
import { intervalText, scoreText } from "../../base/report/number_text.ts";
import type { TableCell, TextTable } from "../../base/report/text_table.ts";
import { bootstrapMean } from "../../base/stats/bootstrap_mean.ts";
import { meanOf } from "../../base/stats/mean_of.ts";
import type { CaseEvaluation, Evaluation } from "../../formats/run_folder/evaluation.ts";
import { EMPTY_TEXTS, type Network, NETWORKS } from "../../names.ts";

const NAMES: Readonly<Record<Network, string>> = {
  ftn: "fast-thinking network",
  stn: "refined by the slow one",
};

const KINDS = {
  intra: "the run's own domain",
  cross: "another domain",
  corrupted: "with artifacts",
  given: "made elsewhere",
} as const;

/** The networks that an evaluation has scores of. */
export function networksIn({ volumes }: Evaluation): Network[] {
  return NETWORKS.filter((network) => volumes.some((volume) => volume[network] !== undefined));
}

/** Mean Dice of each set over its subjects, with intervals. */
export function setTable(evaluation: Evaluation): TextTable {
  const networks = networksIn(evaluation);
  const rows = Object.entries(evaluation.sets).map(([name, { kind, cases }]) => {
    const volumes = evaluation.volumes.filter(({ set }) => set === name);
    const subjects = new Set(volumes.map(({ subject }) => subject)).size;
    return {
      name,
      cells: [
        { text: KINDS[kind] },
        { text: String(subjects) },
        { text: String(cases) },
        ...networks.map((network) =>
          meanCell(volumes, name, network, (volume) => volume[network]?.mean)
        ),
      ],
    };
  });
  return {
    caption: "Mean Dice over labels",
    columns: ["set", "of", "subjects", "volumes", ...networks.map((network) => NAMES[network])],
    rows,
    notes: [
      "In brackets: the 95 % bootstrap interval of the mean over subjects, which tells how far it " +
      "depends on who was scanned, not how another training would have come out. A label in neither " +
      `mask ${EMPTY_TEXTS[evaluation.empty]}. Masks are compared on the ${evaluation.grid} grid.`,
    ],
  };
}

/** Dice of each label in each set, of the last network. */
export function labelTable(evaluation: Evaluation): TextTable {
  const network = networksIn(evaluation).at(-1)!, { labels } = evaluation;
  return {
    caption: `Dice by label, ${NAMES[network]}`,
    columns: ["set", ...labels],
    rows: Object.keys(evaluation.sets).map((name) => ({
      name,
      cells: labels.map((label) =>
        meanCell(
          evaluation.volumes.filter(({ set }) => set === name),
          `${name}/${label}`,
          network,
          (volume) => volume[network]?.byLabel[label],
        )
      ),
    })),
    notes: [],
  };
}

/** How Dice falls with the severity of artifacts; undefined where it was not measured. */
export function severityTable({ severities }: Evaluation): TextTable | undefined {
  if (severities === undefined) return undefined;
  const curves = Object.entries(severities.dice);
  const most = Math.max(0, ...curves.map(([, { ftn }]) => ftn.length));
  return {
    caption: "Mean Dice by severity of an artifact",
    columns: ["artifact", "clean", ...Array.from({ length: most - 1 }, (_, n) => String(n + 1))],
    rows: curves.map(([name, { ftn, stn = ftn }]) => ({
      name,
      cells: stn.map((dice) => ({ text: scoreText(dice) })),
    })),
    notes: [
      `Measured on ${severities.cases.length} volume${severities.cases.length === 1 ? "" : "s"}` +
      ": a hint of where it breaks, no estimate.",
    ],
  };
}

/** The mean over subjects with its interval, which takes two subjects. */
function meanCell(
  volumes: readonly CaseEvaluation[],
  name: string,
  network: Network,
  score: (volume: CaseEvaluation) => number | null | undefined,
): TableCell {
  const bySubject = Map.groupBy(volumes, ({ subject }) => subject);
  const scores = [...bySubject.values()].flatMap((own) => {
    const values = own.flatMap((volume) => score(volume) ?? []);
    return values.length === 0 ? [] : [meanOf(values)];
  });
  if (scores.length === 0) return { text: "–" };
  if (scores.length === 1) return { text: scoreText(scores[0]!) };
  const random = RandomStream.fromSeed(0).stream("card", name, network);
  const { mean, low, high } = bootstrapMean(scores, random, { resamples: 2000 });
  return { text: scoreText(mean), detail: intervalText(low, high) };
}
