import type { ChallengeResults, Estimate } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";

/** The measures of Dice of all models as a table, with 95 % intervals and corrected p-values. */
export function challengeTable({ metrics }: ChallengeResults): string {
  const [dice] = metrics;
  if (dice === undefined || dice.models.length === 0) return "no model has scores";
  const several = dice.models.length > 1;
  const rows = dice.models.map(({ name, robustness, tests }) => {
    const p = tests?.find(({ measure }) => measure === "overall")?.holmPValue;
    return [
      name,
      ...[robustness.clean, robustness.overall, robustness.degradation].map(cell),
      ...several
        ? [p === undefined || p === null ? "-" : p < 0.001 ? "< 0.001" : p.toFixed(3)]
        : [],
    ];
  });
  const head = ["Dice", "clean", "overall", "degradation", ...several ? ["p Holm (overall)"] : []];
  return renderTable(head, rows);
}

function cell({ mean, low, high }: Estimate): string {
  if (mean === null) return "-";
  const interval = low === null || high === null ? "" : ` [${digits(low)}, ${digits(high)}]`;
  return digits(mean) + interval;
}

/** Three of them; no minus before what is 0. */
function digits(value: number): string {
  return value.toFixed(3).replace(/^-(?=0\.000$)/, "");
}
