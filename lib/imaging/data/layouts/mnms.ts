/**
 * M&Ms (Campello et al., IEEE TMI 2021), one file a frame: `CODE/CODE_sa_ED.nii.gz` and
 * `CODE_sa_ES.nii.gz` with labels in `..._gt.nii.gz`. Where the challenge's information table (a CSV
 * with columns "External code" and "Vendor") lies beside the subjects, a subject's vendor is its
 * domain. A suite's repeats of a subject are folders `CODE_1` and so on, whose table has a column
 * "Subject" that names whom they are of.
 */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { fileCase } from "../cases/file_case.ts";
import { CANONICAL_CODES } from "../cases/label_codes.ts";
import { foldersIn, imageAndLabel, type Layout, type OpenDatasetOptions } from "./layout.ts";
import { basename, join, parseCsv, resolve } from "../../../base/deps/std.ts";

/** The layout of the M&Ms challenge, cine files cut to their labelled frames. */
export const mnms: Layout = {
  name: "mnms",
  async open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>> {
    const labelCodes = options.labelCodes ?? CANONICAL_CODES;
    const subjects = await foldersIn(path);
    if (subjects.length === 0) {
      throw new DatasetError(`Cannot open ${path}: it holds no subject folder (layout "mnms")`);
    }
    const { vendors, persons } = await readTables(path);
    const cases: FileCase[] = [];
    for (const code of subjects) {
      const folder = join(path, code);
      for (const frame of ["ED", "ES"] as const) {
        cases.push(fileCase({
          id: `${code}_${frame}`,
          subject: persons.get(code) ?? code,
          frame,
          domain: vendors.get(code) ?? "M&Ms",
          ...await imageAndLabel(
            folder,
            `${code}_sa_${frame}`,
            `${frame} frame`,
            options.labels,
          ),
          labelCodes,
          ...(options.geometry === undefined ? {} : { geometry: options.geometry }),
        }));
      }
    }
    return { name: basename(resolve(path)), layout: "mnms", labelCodes, cases };
  },
};

/** Vendor and person by folder, from whatever CSV of the path has the columns. */
async function readTables(path: string) {
  const persons = new Map<string, string>();
  const vendors = new Map<string, string>();
  for await (const entry of Deno.readDir(path)) {
    if (!entry.isFile || !entry.name.toLowerCase().endsWith(".csv")) continue;
    const file = join(path, entry.name);
    let rows: Record<string, string>[];
    try {
      rows = parseCsv(await Deno.readTextFile(file));
    } catch (cause) {
      throw new DatasetError(`Cannot read ${file}: ${(cause as Error).message}`, { cause });
    }
    for (const row of rows) {
      const [code, vendor, person] = [row["External code"], row["Vendor"], row["Subject"]];
      if (code && vendor) vendors.set(code, `vendor ${vendor}`);
      if (code && person) persons.set(code, person);
    }
  }
  return { vendors, persons };
}
