import { NETWORKS } from "../lib/names.ts";
import type { ClassNumbers, Evaluation, SetEvaluation } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";

/** Each set as a row a network that was trained, in two tables: Dice by class, then errors in mm and ml by class. */
export function evaluationTable(
  { labels, sets, emptyMaskPolicy, emptyErrorPolicy, grid }: Evaluation,
): string {
  const rowsOf = (cells: (set: SetEvaluation, network: "ftn" | "stn", name: string) => string[]) =>
    Object.entries(sets).flatMap(([name, set]) =>
      networksOf(set).map((network) => cells(set, network, name))
    );
  const dice = rowsOf((set, network, name) => [
    ...[`${name} (${set.cases})`, network.toUpperCase()],
    ...labels.map((label) => set[network]!.byLabel[label]?.toFixed(3) ?? "–"),
    set[network]!.mean.toFixed(3),
  ]);
  const errors = rowsOf((set, network, name) => {
    const { hd95Mm, assdMm, absoluteVolumeErrorMl } = set.errors[network]!;
    const cells = (numbers: ClassNumbers, digits: number) =>
      labels.map((label) => numbers.byLabel[label]?.toFixed(digits) ?? "–");
    return [
      ...[name, network.toUpperCase()],
      ...[...cells(hd95Mm, 1), ...cells(assdMm, 2), ...cells(absoluteVolumeErrorMl, 1)],
    ];
  });
  const columns = ["HD95", "ASSD", "|dV|"].flatMap((title) =>
    labels.map((name, n) => n === 0 ? `${title} ${name}` : name)
  );
  return [
    renderTable(["set (cases)", "network", ...labels, "mean"], dice),
    `3-D Dice a volume, ${grid} grid; a class in neither mask counts as ${
      { one: 1 }[emptyMaskPolicy]
    }`,
    renderTable(["set", "network", ...columns], errors),
    `HD95 and ASSD in mm, volume error |dV| in ml; a class in neither mask counts as ${
      { zero: 0 }[emptyErrorPolicy]
    }${leftOut(sets)}`,
  ].join("\n");
}

/** Not every method has the slow-thinking network. */
const networksOf = (set: SetEvaluation) => NETWORKS.filter((network) => set[network] !== undefined);

/** How many distances the means do not hold, where there are such. */
function leftOut(sets: Evaluation["sets"]): string {
  let [measured, all] = [0, 0];
  for (const { cases, errors } of Object.values(sets)) {
    for (const masks of [errors.ftn, ...(errors.stn ? [errors.stn] : [])]) {
      for (const count of Object.values(masks.measured)) {
        measured += count;
        all += cases;
      }
    }
  }
  if (measured === all) return "";
  return `;\ndistances leave out ${
    all - measured
  } of ${all} masks, where just one of prediction and label holds the class`;
}
