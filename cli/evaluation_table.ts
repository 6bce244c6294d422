import { EMPTY_TEXTS, NETWORKS } from "../lib/names.ts";
import type { ClassNumbers, Evaluation, SetEvaluation } from "../mod.ts";
import { renderTable, type TableHead } from "./deps/cli_table.ts";

/** A set's cells of one network. */
type CellsOf = (set: SetEvaluation, network: "ftn" | "stn", name: string) => string[];

/**
 * Each set as a row a network that was trained, or of predictions made elsewhere, in tables: Dice by
 * class, errors in mm and ml by class, the surface Dice and lesions where they were taken. Numbers stand
 * beside the cases that they were measured on, where these are not all.
 */
export function evaluationTable(evaluation: Evaluation): string {
  const { labels, sets, empty, grid, predictions } = evaluation;
  const rowsOf = (cells: CellsOf) =>
    Object.entries(sets).flatMap(([name, set]) =>
      networksOf(set).map((network) => [
        `${name} (${set.cases})`,
        ...predictions === undefined ? [network.toUpperCase()] : [],
        ...cells(set, network, name),
      ])
    );
  const head = ["set (cases)", ...predictions === undefined ? ["network"] : []];
  const dice = rowsOf((set, network) => [
    ...labels.map((label) => {
      const absent = set.absent?.[network]?.[label] ?? 0;
      return (set[network]!.byLabel[label]?.toFixed(3) ?? "–") +
        (absent === 0 ? "" : ` (${set.cases - absent})`);
    }),
    set[network]!.mean?.toFixed(3) ?? "–",
  ]);
  const errors = rowsOf((set, network) => {
    const { hd95Mm, assdMm, absoluteVolumeErrorMl, measured } = set.errors[network]!;
    const cells = (numbers: ClassNumbers, digits: number, counts?: typeof measured) =>
      labels.map((label) => {
        const count = counts?.[label];
        return (numbers.byLabel[label]?.toFixed(digits) ?? "–") +
          (count === undefined ? "" : ` (${count})`);
      });
    return [
      ...cells(hd95Mm, 1, measured),
      ...cells(assdMm, 2, measured),
      ...cells(absoluteVolumeErrorMl, 1),
    ];
  });
  const columns = ["HD95", "ASSD", "|dV|"].flatMap((title) => labelled(title, labels));
  return [
    renderTable([...head, ...labels, "mean"], dice, { keys: head.length }),
    `3-D Dice a volume, ${grid} grid; a class in neither mask ${EMPTY_TEXTS[empty]}` +
    absentText(evaluation),
    renderTable([...head, ...columns], errors, { keys: head.length }),
    "HD95 and ASSD in mm (cases measured), volume error |dV| in ml; a class in neither mask " +
    `${empty === "one" ? "counts as 0" : EMPTY_TEXTS.skip}${leftOut(evaluation)}`,
    ...surfaceTable(evaluation, head, rowsOf),
    ...lesionTable(evaluation, head, rowsOf),
    ...Object.entries(sets).flatMap(([name, { calibration }]) => {
      if (calibration === undefined) return [];
      const errors = NETWORKS.flatMap((network) => {
        const own = calibration[network];
        const of = predictions === undefined ? ` of ${network.toUpperCase()}` : "";
        return own === undefined ? [] : [`${own.ece?.toFixed(3) ?? "–"}${of}`];
      });
      return [
        `${name}: expected calibration error ${errors.join(", ")} ` +
        `(${calibration.ftn.cases} cases with probabilities, in the box around the foreground)`,
      ];
    }),
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

/** Heads of columns a label, of which the first of a line says what they hold. */
const labelled = (title: string, labels: readonly string[]): TableHead[] =>
  labels.map((name, n) => {
    const alone = `${title} ${name}`;
    return n === 0 ? alone : { text: name, alone };
  });

/** The surface Dice by tolerance and class; nothing where none was taken. */
function surfaceTable(
  { sets, labels, empty }: Evaluation,
  head: readonly string[],
  rowsOf: (cells: CellsOf) => string[][],
): string[] {
  const tolerances = Object.keys(Object.values(sets)[0]?.errors.ftn.surfaceDice ?? {});
  if (tolerances.length === 0) return [];
  const rows = rowsOf((set, network) =>
    tolerances.flatMap((tolerance) => {
      const numbers = set.errors[network]!.surfaceDice?.[tolerance];
      return labels.map((label) => numbers?.byLabel[label]?.toFixed(3) ?? "–");
    })
  );
  const columns = tolerances.flatMap((tolerance) => labelled(`${tolerance} mm`, labels));
  return [
    renderTable([...head, ...columns], rows, { keys: head.length }),
    "surface Dice: the share of both surfaces' voxels that lie within so many mm of the other; a " +
    `class in neither mask ${EMPTY_TEXTS[empty]}`,
  ];
}

/** Lesions found and made up; nothing where none were counted. */
function lesionTable(
  { sets, empty }: Evaluation,
  head: readonly string[],
  rowsOf: (cells: CellsOf) => string[][],
): string[] {
  const names = Object.keys(Object.values(sets)[0]?.errors.ftn.lesions ?? {});
  if (names.length === 0) return [];
  const rows = rowsOf((set, network) =>
    names.flatMap((name) => {
      const lesions = set.errors[network]!.lesions?.[name];
      if (lesions === undefined) return ["–", "–", "–"];
      const { found, reference, spurious, f1 } = lesions;
      return [`${found} of ${reference}`, String(spurious), f1?.toFixed(3) ?? "–"];
    })
  );
  const columns = names.flatMap((name): TableHead[] => [
    `${name} found`,
    { text: "made up", alone: `${name} made up` },
    { text: "F1", alone: `${name} F1` },
  ]);
  return [
    renderTable([...head, ...columns], rows, { keys: head.length }),
    "lesions: components of 26 neighbours, found where any voxel is predicted; F1 is a mean over " +
    `cases, a case without lesions on either side ${EMPTY_TEXTS[empty]}`,
  ];
}

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

/** In how many masks a class is in neither, beside which cases are then counted. */
function absentText({ sets }: Evaluation): string {
  let [absent, all] = [0, 0];
  for (const { cases, absent: own, ...dice } of Object.values(sets)) {
    for (const network of NETWORKS) {
      for (const label of Object.keys(dice[network]?.byLabel ?? {})) {
        absent += own?.[network]?.[label] ?? 0;
        all += cases;
      }
    }
  }
  return absent === 0 ? "" : `: ${absent} of ${all} masks (in brackets: cases that hold it)`;
}

/** How many distances the means do not hold, or hold a penalty for, where there are such. */
function leftOut({ sets, distancePenaltyMm, empty }: Evaluation): string {
  let [missed, all] = [0, 0];
  for (const set of Object.values(sets)) {
    const { cases, errors } = set;
    for (const network of NETWORKS) {
      for (const [label, count] of Object.entries(errors[network]?.measured ?? {})) {
        if (!isLabelled(set, label)) continue;
        // By rule one they are measured: 0 mm.
        const absent = empty === "one" ? 0 : set.absent?.[network]?.[label] ?? 0;
        missed += cases - absent - count;
        all += cases;
      }
    }
  }
  if (missed === 0) return "";
  const where = `${missed} of ${all} masks, where just one of prediction and label holds the class`;
  return distancePenaltyMm === undefined
    ? `;\ndistances leave out ${where}`
    : `;\ndistances count ${distancePenaltyMm} mm for ${where}`;
}
