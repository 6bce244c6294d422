/** What is odd about the cases of a data set among each other. */
import { namesakes } from "../../imaging/data/layouts/namesakes.ts";
import { listed } from "../../imaging/data/layouts/read_list.ts";
import type { ExaminedCase } from "./inspect_case.ts";
import type { InspectedCase, InspectedGrid, Problem } from "./inspection.ts";

type Hashed = Pick<ExaminedCase, "found" | "hashes">;

/** Duplicates, namesakes, and cases that lie another way round than most. */
export function compareCases(cases: readonly Hashed[]): Problem[] {
  const found = cases.map((one) => one.found);
  return [
    ...duplicates(cases),
    ...namesakes(found.map(({ subject }) => subject)).map((text): Problem => ({
      severity: "warning",
      files: [],
      text,
      advice: "give them one name, or one of them may train and the other test",
    })),
    ...minorities(
      found,
      ({ orientation }) => orientation,
      "the axes of their volumes point",
      "each is turned by its own header: look at the contact sheet whether headers are right",
    ),
    ...minorities(
      found,
      ({ sliceDirection }) => sliceDirection,
      "their slices are stacked along the patient's axis",
      "of oblique planes that means little; else slices look otherwise: choose data.sliceAxis, or " +
        "train them apart",
    ),
  ];
}

/** Images whose voxels are those of another. */
function duplicates(cases: readonly Hashed[]): Problem[] {
  const all = cases.flatMap(({ found, hashes }) =>
    hashes.map((hash, n) => ({
      hash,
      found,
      file: found.images[n] ?? found.images[0]!,
    }))
  );
  return [...Map.groupBy(all, ({ hash }) => hash).values()].filter((own) => own.length > 1)
    .map((own): Problem => {
      const subjects = [...new Set(own.map(({ found }) => found.subject))];
      return {
        severity: "warning",
        files: own.map(({ file }) => file),
        text: `the same voxels are ${listed(own.map(({ file }) => file), " and ")}`,
        advice: subjects.length > 1
          ? `keep one of them: subjects ${subjects.join(", ")} may train and test on the same image`
          : "keep one of them",
      };
    });
}

/** Told where not all cases have the same value: which have which. */
function minorities(
  cases: readonly InspectedCase[],
  valueOf: (grid: InspectedGrid) => string,
  what: string,
  advice: string,
): Problem[] {
  const placed = cases.filter(({ grid }) => grid !== undefined);
  const groups = [...Map.groupBy(placed, ({ grid }) => valueOf(grid!))]
    .sort(([, a], [, b]) => b.length - a.length);
  if (groups.length < 2) return [];
  const [[most, many], ...others] = groups as [typeof groups[0], ...typeof groups];
  return [{
    severity: "warning",
    files: others.flatMap(([, own]) => own.flatMap(({ images }) => images)),
    text: `cases differ: ${what} ${most} in ${many.length}, ${
      others.map(([value, own]) =>
        `${value} in ${own.length} (${listed(own.map(({ id }) => id), ", ")})`
      ).join(", ")
    }`,
    advice,
  }];
}
