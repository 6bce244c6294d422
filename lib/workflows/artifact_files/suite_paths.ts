/** Where the volumes of a suite lie: each set is a data set in the layout of its input. */
import type { SuiteEntry } from "../../imaging/artifacts/suites/manifest.ts";
import { LAYOUTS } from "../../imaging/data/cases/open_dataset.ts";
import type { CasePlace, WritableCase } from "../../imaging/data/layouts/layout.ts";
import { join } from "../../base/deps/std.ts";
import type { OpenedOrigin } from "./origin.ts";

/** The files of one volume of a set, from the suite's folder on. */
export function volumePaths(
  opened: OpenedOrigin,
  entry: Pick<SuiteEntry, "set" | "case" | "repeat">,
  repeats: number,
): CasePlace {
  const { set } = entry;
  const { images: [first, ...others], label } = placeOf(opened, entry, repeats);
  return {
    images: [`${set}/${first}`, ...others.map((image) => `${set}/${image}`)],
    label: `${set}/${label}`,
  };
}

/** Writes what makes a set's folder a data set, beside its volumes. */
export async function writeSetFiles(
  folder: string,
  set: string,
  entries: readonly SuiteEntry[],
  opened: OpenedOrigin,
  repeats: number,
): Promise<void> {
  const cases = entries.map((entry) => {
    const { images, label } = placeOf(opened, entry, repeats);
    const files = { images, ...(entry.files?.label !== undefined && { label }) };
    return { ...writableCase(opened, entry, repeats), files };
  });
  const { layout, task } = opened;
  await LAYOUTS[layout].finish(join(folder, set), { name: set, task, cases });
}

function placeOf(
  opened: OpenedOrigin,
  entry: Pick<SuiteEntry, "case" | "repeat">,
  repeats: number,
): CasePlace {
  return LAYOUTS[opened.layout].place(writableCase(opened, entry, repeats), opened.task);
}

function writableCase(
  { cases }: OpenedOrigin,
  { case: wanted, repeat }: Pick<SuiteEntry, "case" | "repeat">,
  repeats: number,
): WritableCase {
  const { id, subject, frame, domain, part, imagePaths } = cases.find(({ id }) => id === wanted)!;
  return {
    ...{ id, subject, frame, domain },
    ...(part !== undefined && { part }),
    ...(imagePaths !== undefined && { imagePaths }),
    ...(repeats > 1 && { repeat }),
  };
}
