import { NETWORKS } from "../lib/names.ts";
import type { ClassNumbers, Evaluation, SetEvaluation } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";

/**
 * Each set as a row a network that was trained, in two tables: Dice by class, then errors in mm and ml
 * by class, distances with the number of cases that they were measured on.
 */
export function evaluationTable(evaluation: Evaluation): string {
  const { labels, sets, emptyMaskPolicy, emptyErrorPolicy, grid } = evaluation;
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
    const { hd95Mm, assdMm, absoluteVolumeErrorMl, measured } = set.errors[network]!;
    const cells = (numbers: ClassNumbers, digits: number, counts?: typeof measured) =>
      labels.map((label) => {
        const count = counts?.[label];
        return (numbers.byLabel[label]?.toFixed(digits) ?? "–") +
          (count === undefined ? "" : ` (${count})`);
      });
    return [
      ...[`${name} (${set.cases})`, network.toUpperCase()],
      ...cells(hd95Mm, 1, measured),
      ...cells(assdMm, 2, measured),
      ...cells(absoluteVolumeErrorMl, 1),
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
    renderTable(["set (cases)", "network", ...columns], errors),
    `HD95 and ASSD in mm (cases measured), volume error |dV| in ml; a class in neither mask counts ` +
    `as ${{ zero: 0 }[emptyErrorPolicy]}${leftOut(evaluation)}`,
    ...Object.entries(sets).flatMap(([name, { unlabelled = [] }]) =>
      unlabelled.length === 0 ? [] : [
        `${name}: no label holds ${unlabelled.join(", ")}, which is left out of the means but ` +
        "where it is segmented",
      ]
    ),
    ...seenLines(evaluation),
  ].join("\n");
}

/** Not every method has the slow-thinking network. */
const networksOf = (set: SetEvaluation) => NETWORKS.filter((network) => set[network] !== undefined);

/** Whether any label of a set holds a class. */
const isLabelled = ({ unlabelled = [] }: SetEvaluation, label: string) =>
  !unlabelled.includes(label);

/** Sets with subjects that the run was trained or validated on, a line each. */
function seenLines({ sets, seen = [] }: Evaluation): string[] {
  return Object.keys(sets).flatMap((set) =>
    (["train", "validation"] as const).flatMap((part) => {
      const own = seen.filter((subject) => subject.set === set && subject.part === part);
      if (own.length === 0) return [];
      const names = own.map(({ subject, as }) => as === subject ? subject : `${subject} (${as})`);
      const what = part === "train" ? "trained" : "validated";
      return [`${set} holds subjects that the run was ${what} on: ${names.join(", ")}`];
    })
  );
}

/** How many distances the means do not hold, or hold a penalty for, where there are such. */
function leftOut({ sets, distancePenaltyMm }: Evaluation): string {
  let [measured, all] = [0, 0];
  for (const set of Object.values(sets)) {
    const { cases, errors } = set;
    for (const masks of [errors.ftn, ...(errors.stn ? [errors.stn] : [])]) {
      for (const [label, count] of Object.entries(masks.measured)) {
        if (!isLabelled(set, label)) continue;
        measured += count;
        all += cases;
      }
    }
  }
  if (measured === all) return "";
  if (distancePenaltyMm !== undefined) {
    return `;\ndistances count ${distancePenaltyMm} mm for ${
      all - measured
    } of ${all} masks, where just one of prediction and label holds the class`;
  }
  return `;\ndistances leave out ${
    all - measured
  } of ${all} masks, where just one of prediction and label holds the class`;
}
