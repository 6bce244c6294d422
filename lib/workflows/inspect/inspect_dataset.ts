import type { LayoutName } from "../../names.ts";
import { basename, resolve } from "../../base/deps/std.ts";
import type { Dataset, FileCase } from "../../imaging/data/cases/case_source.ts";
import { openDataset } from "../../imaging/data/cases/open_dataset.ts";
import { compareCases } from "./compare_cases.ts";
import { examineAll, type Listeners } from "./examine_all.ts";
import type { Inspection, Problem } from "./inspection.ts";
import { problemOf } from "./problem_of.ts";
import { outlookOf, refusalOf } from "./training_outlook.ts";

/** Looks at all cases of a data set, and at what `train` would do with it. */
export async function inspectDataset(
  path: string,
  layout: LayoutName | "auto",
  threads: number,
  listeners: Listeners,
): Promise<Inspection> {
  const problems: Problem[] = [];
  const tell = (text: string) =>
    problems.push({
      severity: "error",
      files: [path],
      text,
      advice: "mend the list, or the files",
    });
  let dataset: Dataset<FileCase>;
  try {
    dataset = await openDataset(path, layout, { labels: "optional", onProblem: tell });
  } catch (error) {
    problems.push(problemOf(error, { severity: "error", files: [path] }));
    const name = basename(resolve(path));
    return { version: 1, path, layout, name, cases: [], notices: [], problems, trainable: false };
  }
  const { task, geometry } = dataset;
  const examined = await examineAll(dataset.cases, listeners, (source) => ({
    task,
    geometry,
    severity: isLabelled(source) ? "error" : "warning",
  }));
  // A missing file is told by the list, too.
  const ofFiles = examined.flatMap((one) => one.problems);
  const known = ofFiles.flatMap(({ files }) => files);
  problems.splice(
    0,
    problems.length,
    ...problems.filter(({ text }) => !known.some((file) => text.includes(file))),
    ...ofFiles,
  );
  const odd = compareCases(examined);
  problems.push(...odd);
  if (!problems.some(({ severity }) => severity === "error")) {
    const refusal = await refusalOf(path, layout);
    if (refusal) problems.push(refusal);
  }
  const bad = new Set(
    ofFiles.filter(({ severity }) => severity === "error").map((one) => one.case),
  );
  const usable = dataset.cases.filter((one) => isLabelled(one) && !bad.has(one.id));
  const grids = examined.filter(({ found }) => usable.some(({ id }) => id === found.id))
    .flatMap(({ found: { grid } }) => grid ?? []);
  return {
    version: 1,
    path,
    layout: dataset.layout,
    name: dataset.name,
    task,
    cases: examined.map(({ found }) => found),
    notices: dataset.notices.filter((notice) => !odd.some(({ text }) => text === notice)),
    problems,
    ...usable.length > 0 &&
      { training: await outlookOf(path, layout, task, usable, grids, threads) },
    trainable: !problems.some(({ severity }) => severity === "error"),
  };
}

function isLabelled({ labelPath, labelMasks = [] }: FileCase): boolean {
  return labelPath !== undefined || labelMasks.length > 0;
}
