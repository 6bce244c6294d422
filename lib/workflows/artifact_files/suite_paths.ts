/** Where the volumes of a suite lie: each set is a data set in the layout of its input. */
import { copyIfPresent } from "../../formats/files/copy_if_present.ts";
import { idStem } from "../../imaging/artifacts/suites/other_frame.ts";
import type { SuiteEntry } from "../../imaging/artifacts/suites/manifest.ts";
import { dirname, join, stringifyCsv } from "../../base/deps/std.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import type { OpenedOrigin } from "./origin.ts";

type Case = OpenedOrigin["cases"][number];

/** A volume's files, from the suite's folder on. */
export interface VolumePaths {
  readonly image: string;
  readonly label: string;
}

/** A case's code in a set: `A003`, or `A003_2` for the second of several repeats. */
function codeOfRepeat(source: Case, repeat: number, repeats: number): string {
  const stem = idStem(source);
  return fileName(repeats === 1 ? stem : `${stem}_${repeat}`);
}

/** The files of one volume of a set. */
export function volumePaths(
  { cases, layout }: OpenedOrigin,
  { set, case: id, repeat }: Pick<SuiteEntry, "set" | "case" | "repeat">,
  repeats: number,
): VolumePaths {
  const source = cases.find((candidate) => candidate.id === id)!;
  const code = codeOfRepeat(source, repeat, repeats);
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
    codeOfRepeat(source, entry.repeat, repeats);
  if (layout === "acdc") {
    for (const row of rows) {
      const info = join(dirname(row.source.imagePath!), "Info.cfg");
      await copyIfPresent(info, join(folder, set, codeOf(row), "Info.cfg"));
    }
  }
  if (layout === "mnms") {
    // so that a split keeps the repeats of a person together
    const table = [...new Map(rows.map((row) => [codeOf(row), row.source]))].map((
      [code, source],
    ) => ({ "External code": code, Vendor: vendorOf(source), Subject: source.subject }));
    await writeAtomically(
      join(folder, set, "vendors.csv"),
      stringifyCsv(table, ["External code", "Vendor", "Subject"]),
    );
  }
  if (layout === "folder") {
    const list = rows.map((row) => ({
      image: row.entry.files!.image.slice(set.length + 1),
      ...row.entry.files!.label === undefined
        ? {}
        : { label: row.entry.files!.label.slice(set.length + 1) },
      subject: row.source.subject,
      domain: row.source.domain,
      frame: row.source.frame,
      id: repeats === 1 ? row.source.id : `${codeOf(row)}_${row.source.frame}`,
    }));
    const text = JSON.stringify({ labelCodes, cases: list }, null, 2) + "\n";
    await writeAtomically(join(folder, set, "cases.json"), text);
  }
}

/** The vendor in the domain of layout mnms, or nothing. */
function vendorOf({ domain }: Case): string {
  return domain.startsWith("vendor ") ? domain.slice("vendor ".length) : "";
}
