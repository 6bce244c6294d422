/**
 * M&Ms (Campello et al., IEEE TMI 2021), one file a frame: `CODE/CODE_sa_ED.nii.gz` and
 * `CODE_sa_ES.nii.gz` with labels in `..._gt.nii.gz`. Where the challenge's information table (a CSV
 * with columns "External code" and "Vendor") lies beside the subjects, a subject's vendor is its
 * domain. A suite's repeats of a subject are folders `CODE_1` and so on, whose table has a column
 * "Subject" that names whom they are of, and "Domain" for domains that are no vendor.
 */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { assemble, type DraftCase } from "./assemble.ts";
import { MNMS_TASK } from "./cardiac.ts";
import { entriesIfPresent, entriesIn, findNifti } from "./folder_entries.ts";
import type {
  CasePlace,
  Layout,
  OpenDatasetOptions,
  WritableCase,
  WrittenDataset,
} from "./layout.ts";
import { readTable } from "./read_list.ts";
import { codeOf, safeName } from "./written_names.ts";
import { join, stringifyCsv } from "../../../base/deps/std.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";

const FRAMES = ["ED", "ES"] as const;

/** Subject folders that are looked into to recognise the layout. */
const MOST_LOOKED_INTO = 20;

/** The layout of the M&Ms challenge, cine files cut to their labelled frames. */
export const mnms: Layout = {
  name: "mnms",
  reading: { task: MNMS_TASK },
  looksFor: "folders CODE with CODE_sa_ED.nii.gz",

  async recognise(path: string): Promise<string | undefined> {
    const { folders } = await entriesIfPresent(path);
    for (const code of folders.slice(0, MOST_LOOKED_INTO)) {
      const { files } = await entriesIn(join(path, code));
      for (const frame of FRAMES) {
        const image = findNifti(files, `${code}_sa_${frame}`);
        if (image !== undefined) return `${code}/${image}, as in M&Ms`;
      }
    }
    return undefined;
  },

  async open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>> {
    const { folders, files: tables } = await entriesIn(path);
    if (folders.length === 0) {
      throw new DatasetError(`Cannot open ${path}: it holds no subject folder (layout "mnms")`);
    }
    const { domains, persons } = await readTables(path, tables);
    const cases: DraftCase[] = [];
    const problems: string[] = [];
    const others: string[] = [];
    for (const code of folders) {
      const folder = join(path, code);
      const { files } = await entriesIn(folder);
      const images = FRAMES.map((frame) => findNifti(files, `${code}_sa_${frame}`));
      if (images.every((image) => image === undefined)) {
        others.push(code);
        continue;
      }
      FRAMES.forEach((frame, f) => {
        const name = `${code}_sa_${frame}`;
        const image = images[f];
        if (image === undefined) {
          problems.push(`${code}: the image of its ${frame} frame is missing (${name}.nii.gz)`);
          return;
        }
        const label = findNifti(files, `${name}_gt`);
        cases.push({
          id: `${code}_${frame}`,
          subject: persons.get(code) ?? code,
          frame,
          domain: domains.get(code) ?? "M&Ms",
          imagePaths: [join(folder, image)],
          ...(label !== undefined && { labelPath: join(folder, label) }),
        });
      });
    }
    const notices = others.length === 0
      ? []
      : [`passed over folders without CODE_sa_ED.nii.gz: ${others.join(", ")}`];
    return assemble({ path, layout: "mnms", task: MNMS_TASK, cases, notices, problems }, options);
  },

  place(source: WritableCase): CasePlace {
    const code = codeOf(source);
    const name = `${code}/${code}_sa_${safeName(source.frame)}`;
    return { images: [`${name}.nii.gz`], label: `${name}_gt.nii.gz` };
  },

  async finish(folder: string, { cases }: WrittenDataset): Promise<void> {
    // so that a split keeps the repeats of a person together
    const table = [...new Map(cases.map((source) => [codeOf(source), source]))]
      .map(([code, { domain, subject }]) => ({
        "External code": code,
        Vendor: domain.startsWith(VENDOR) ? domain.slice(VENDOR.length) : "",
        Subject: subject,
        Domain: domain,
      }));
    const columns = ["External code", "Vendor", "Subject", "Domain"];
    await writeAtomically(join(folder, "vendors.csv"), stringifyCsv(table, columns));
  },
};

/** What a vendor's name follows in the name of a domain. */
const VENDOR = "vendor ";

/** Domain and person by folder, from whatever CSV of the path has the columns. */
async function readTables(path: string, files: readonly string[]) {
  const persons = new Map<string, string>();
  const domains = new Map<string, string>();
  for (const file of files.filter((name) => name.toLowerCase().endsWith(".csv"))) {
    const { rows } = await readTable(join(path, file));
    for (const row of rows) {
      const code = row["External code"];
      const { Vendor: vendor, Domain: domain, Subject: person } = row;
      if (code && (domain || vendor)) domains.set(code, domain || VENDOR + vendor);
      if (code && person) persons.set(code, person);
    }
  }
  return { domains, persons };
}
