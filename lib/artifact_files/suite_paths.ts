/** Where the volumes of a suite lie: each set is a data set in the layout of its input. */
import { copyIfPresent } from "./copy_if_present.ts";
import type { SuiteEntry } from "../artifacts/suites/manifest.ts";
import type { CaseSource } from "../data/case_source.ts";
import { dirname, join, stringifyCsv } from "../deps/std.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import type { OpenedOrigin } from "./origin.ts";

type Case = OpenedOrigin["cases"][number];

/** A volume's files, from the suite's folder on. */
export interface VolumePaths {
  readonly image: string;
  readonly label: string;
}

/** A subject's code in a set: `A003`, or `A003_2` for the second of several repeats. */
export function subjectCode(subject: string, repeat: number, repeats: number): string {
  return repeats === 1 ? subject : `${subject}_${repeat}`;
}

/** The files of one volume of a set. */
export function volumePaths(
  { cases, layout }: OpenedOrigin,
  { set, case: id, repeat }: Pick<SuiteEntry, "set" | "case" | "repeat">,
  repeats: number,
): VolumePaths {
  const source = cases.find((candidate) => candidate.id === id)!;
  const code = fileName(subjectCode(source.subject, repeat, repeats));
  const named = (name: string) => ({
    image: join(set, code, `${name}.nii.gz`),
    label: join(set, code, `${name}_gt.nii.gz`),
  });
  if (layout === "mnms") return named(`${code}_sa_${source.frame}`);
  if (layout === "acdc") {
    const number = /_frame(\d+)\.nii/.exec(source.imagePath ?? "")?.[1] ?? "01";
    return named(`${code}_frame${number}`);
  }
  return named(fileName(source.frame));
}

/** A name with nothing in it that leads elsewhere. */
function fileName(text: string): string {
  return text.replaceAll(/[^\w.-]/g, "_").replace(/^\./, "_");
}

/** Writes what makes a set's folder a data set, beside its volumes. */
export async function writeSetFiles(
  folder: string,
  set: string,
  entries: readonly SuiteEntry[],
  { cases, layout, labelCodes }: OpenedOrigin,
  repeats: number,
): Promise<void> {
  const rows = entries.map((entry) => ({
    entry,
    source: cases.find(({ id }) => id === entry.case)!,
  }));
  const codeOf = ({ entry, source }: typeof rows[number]) =>
    subjectCode(source.subject, entry.repeat, repeats);
  if (layout === "acdc") {
    for (const row of rows) {
      const info = join(dirname(row.source.imagePath!), "Info.cfg");
      await copyIfPresent(info, join(folder, set, codeOf(row), "Info.cfg"));
    }
  }
  if (layout === "mnms") {
    const vendors = new Map(
      rows.flatMap((row) => vendorOf(row.source).map((vendor) => [codeOf(row), vendor] as const)),
    );
    if (vendors.size === 0) return;
    const table = [...vendors].map(([code, vendor]) => ({ "External code": code, Vendor: vendor }));
    await writeAtomically(
      join(folder, set, "vendors.csv"),
      stringifyCsv(table, ["External code", "Vendor"]),
    );
  }
  if (layout === "folder") {
    const list = rows.map((row) => ({
      image: row.entry.files!.image.slice(set.length + 1),
      ...row.entry.files!.label === undefined
        ? {}
        : { label: row.entry.files!.label.slice(set.length + 1) },
      subject: codeOf(row),
      domain: row.source.domain,
      frame: row.source.frame,
    }));
    const text = JSON.stringify({ labelCodes, cases: list }, null, 2) + "\n";
    await writeAtomically(join(folder, set, "cases.json"), text);
  }
}

/** The vendor in the domain of layout mnms, as a list of one or none. */
function vendorOf({ domain }: CaseSource | Case): string[] {
  return domain.startsWith("vendor ") ? [domain.slice("vendor ".length)] : [];
}
