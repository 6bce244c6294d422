import { NETWORKS } from "../lib/names.ts";
import type { FlagThreshold, Postprocessing } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";

/** What a run's validation says of its predictions, as text. */
export function postprocessingTable({ cases, badDice, networks }: Postprocessing): string {
  const rows = NETWORKS.flatMap((network) =>
    (networks[network]?.labels ?? []).map((label) => [
      label.name,
      network.toUpperCase(),
      scoreText(label.dice),
      scoreText(label.largestDice),
      `${label.inPieces} of ${cases}`,
      label.keepLargest ? "the largest" : "all",
    ])
  );
  const flags = NETWORKS.flatMap((network) => {
    const found = networks[network];
    if (found === undefined) return [];
    const { entropy, disagreement } = found.flags;
    return [
      `${network.toUpperCase()}: ${found.bad} of ${cases} volumes have a mean Dice below ${badDice}`,
      `  to be looked at: entropy ${thresholdText(entropy)}`,
      ...disagreement ? [`  to be looked at: disagreement ${thresholdText(disagreement)}`] : [],
    ];
  });
  return [
    renderTable(["label", "network", "Dice", "largest alone", "in pieces", "kept"], rows, {
      keys: 2,
    }),
    `mean Dice over ${cases} validation volumes, in the files' own voxels`,
    ...flags,
  ].join("\n");
}

function scoreText(score: number | null): string {
  return score === null ? "–" : score.toFixed(4);
}

function thresholdText({ threshold, auroc }: FlagThreshold): string {
  if (threshold === null) return "cannot be told: no validation volume was good";
  const above = `above ${threshold.toPrecision(3)}`;
  return auroc === null
    ? `${above}, the most of any: no volume was bad`
    : `${above} (AUROC ${auroc.toFixed(2)})`;
}
