/** What a folder holds, whether training would begin with it, and all that is wrong. */
import type { LayoutName } from "../../names.ts";
import { isDicomFolder } from "../../formats/dicom/find_dicom.ts";
import { checkPicture, writePicture } from "../../formats/files/write_picture.ts";
import { fittingLayouts } from "../../imaging/data/cases/open_dataset.ts";
import { statOf } from "../../imaging/data/layouts/folder_entries.ts";
import { isNiftiPath, niftiFilesIn } from "../runs/nifti_files_in.ts";
import { type CaseRow, caseSheet, MOST_ROWS } from "./case_sheet.ts";
import type { Listeners } from "./examine_all.ts";
import { inspectDataset } from "./inspect_dataset.ts";
import { inspectDicom } from "./inspect_dicom.ts";
import { inspectFiles } from "./inspect_files.ts";
import type { Inspection } from "./inspection.ts";

/** How to look. */
export interface InspectOptions {
  /** How it is laid out; `auto`, the default, recognises it. */
  readonly layout?: LayoutName | "auto";
  /** Where to write a contact sheet, a name in `.png`; absent: none is drawn. */
  readonly sheet?: string;
  /** Replace a sheet that exists; not by default. */
  readonly overwrite?: boolean;
  /** Threads that training would have; all cores by default. */
  readonly threads?: number;
  /** Is told how many cases were read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Reads all of a data set, of a folder of NIfTI files or of DICOM, and tells what it is like and what is
 * wrong with it; files that cannot be used are told, and it goes on past them. That there is nothing, or
 * that several layouts fit, is told as a problem, too.
 *
 * @param path A folder, a list, or a DICOM or NIfTI file.
 * @throws {RangeError} If there is no such layout.
 * @throws {DicomError} "load" if dcm2niix is needed and cannot be loaded.
 * @throws {OutputPathError} If the sheet exists, or its name is no PNG's; nothing is read by then.
 * @throws {WriteError} If the sheet cannot be written.
 */
export async function inspectFolder(
  path: string,
  options: InspectOptions = {},
): Promise<Inspection> {
  const { layout = "auto", sheet, overwrite = false, onProgress = () => {} } = options;
  const { threads = navigator.hardwareConcurrency } = options;
  if (sheet !== undefined) await checkPicture(sheet, overwrite);
  const rows: CaseRow[] = [];
  const inspection = await look(path, layout, threads, {
    onProgress,
    onRow: (row) => void (sheet !== undefined && rows.length < MOST_ROWS && rows.push(row)),
  });
  if (sheet !== undefined) {
    const { name, task } = inspection;
    await writePicture(sheet, await caseSheet(name, rows, task?.labels ?? []));
  }
  return inspection;
}

async function look(
  path: string,
  layout: LayoutName | "auto",
  threads: number,
  listeners: Listeners,
): Promise<Inspection> {
  const isDataset = layout !== "auto" || (await fittingLayouts(path)).length > 0;
  if (isDataset) return await inspectDataset(path, layout, threads, listeners);
  const info = await statOf(path);
  const files = info?.isDirectory
    ? (await niftiFilesIn(path)).images
    : info && isNiftiPath(path)
    ? [path]
    : [];
  if (files.length > 0) return await inspectFiles(path, files, listeners);
  if (info?.isFile || await isDicomFolder(path)) return await inspectDicom(path, listeners);
  // Nothing is there: that says what each layout looks for.
  return await inspectDataset(path, layout, threads, listeners);
}
