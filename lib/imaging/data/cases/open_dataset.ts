import type { LayoutName } from "../../../names.ts";
import type { Dataset, FileCase } from "./case_source.ts";
import { DatasetError } from "./dataset_error.ts";
import { acdc } from "../layouts/acdc.ts";
import { bids } from "../layouts/bids.ts";
import { decathlon } from "../layouts/decathlon.ts";
import { folder } from "../layouts/folder.ts";
import { entriesIfPresent, statOf } from "../layouts/folder_entries.ts";
import { lostNames } from "./lost_names.ts";
import type { Layout, OpenDatasetOptions } from "../layouts/layout.ts";
import { mnms } from "../layouts/mnms.ts";
import { nnunet } from "../layouts/nnunet.ts";
import { isDicomFolder } from "../../../formats/dicom/find_dicom.ts";
import { join } from "../../../base/deps/std.ts";
import { unknownName } from "../../../base/text/unknown_name.ts";

/** Every layout by name; a new one is a file in `layouts/`, a name in `lib/names.ts` and a line here. */
export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = {
  nnunet,
  decathlon,
  bids,
  folder,
  acdc,
  mnms,
};

/** The name of a layout, or "auto" to recognise it. */
export type LayoutChoice = LayoutName | "auto";

/** A layout that fits a data set. */
export interface RecognisedLayout {
  /** Its name. */
  readonly layout: LayoutName;
  /** What it was told by, as `dataset.json with channel_names`. */
  readonly seen: string;
}

/**
 * Lists the cases of a data set on disk, without reading voxels. (Where nothing names the labels, the
 * label files are read once for their codes.)
 *
 * @param path The folder that holds it (for layout "folder", also the path of its list).
 * @param layout How it lies there; "auto" recognises it, and tells what it saw in the notices.
 * @throws {RangeError} If there is no such layout.
 * @throws {DatasetError} If no layout fits, or several do, or files are missing or wrong; the message
 * names them.
 */
export async function openDataset(
  path: string,
  layout: LayoutChoice = "auto",
  options: OpenDatasetOptions = {},
): Promise<Dataset<FileCase>> {
  if (layout === "auto") {
    const recognised = await recogniseLayout(path);
    const dataset = await openAs(recognised.layout, path, options);
    const notice = `read as ${recognised.layout}: ${recognised.seen}`;
    return { ...dataset, notices: [notice, ...dataset.notices] };
  }
  if (!Object.hasOwn(LAYOUTS, layout)) {
    throw new RangeError(
      `Cannot open ${path}: ${unknownName("layout", layout, ["auto", ...Object.keys(LAYOUTS)])}`,
    );
  }
  try {
    return await openAs(layout, path, options);
  } catch (error) {
    throw error instanceof DatasetError ? await withOtherLayout(error, layout, path) : error;
  }
}

/** The error of a layout that a place does not have, with the one that it looks like. */
async function withOtherLayout(
  error: DatasetError,
  layout: LayoutName,
  path: string,
): Promise<DatasetError> {
  const fitting = await fittingLayouts(path).catch(() => []);
  if (fitting.length === 0 || fitting.some((other) => other.layout === layout)) return error;
  const others = fitting.map((other) => `${other.layout} (${other.seen})`).join(" or ");
  return new DatasetError(
    `${error.message}; it looks like ${others}, which is read by --layout auto`,
    {
      cause: error,
    },
  );
}

async function openAs(
  layout: LayoutName,
  path: string,
  options: OpenDatasetOptions,
): Promise<Dataset<FileCase>> {
  const dataset = await LAYOUTS[layout].open(path, options);
  const lost = await lostNames(path);
  return lost === undefined ? dataset : { ...dataset, notices: [...dataset.notices, lost] };
}

/**
 * Tells which layout a place has, from the names of its files and folders.
 *
 * @throws {DatasetError} If none fits; the message tells what each looks for. If several fit, it asks
 * for a choice.
 */
export async function recogniseLayout(path: string): Promise<RecognisedLayout> {
  const found = await fittingLayouts(path);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    throw new DatasetError(
      `Cannot tell how ${path} is laid out: it could be ${
        found.map(({ layout, seen }) => `${layout} (${seen})`).join(" or ")
      }; choose one by --layout`,
    );
  }
  if (await statOf(path) === undefined) {
    throw new DatasetError(`Cannot open ${path}: there is no such file or folder`);
  }
  const wanted = Object.values(LAYOUTS).map(({ name, looksFor }) => `${name}: ${looksFor}`);
  throw new DatasetError(
    `Cannot tell how ${path} is laid out${await hint(path)}; wanted one of: ${wanted.join("; ")}` +
      await lostHint(path),
  );
}

/** Every layout that a place may have; none where it is no data set. */
export async function fittingLayouts(path: string): Promise<RecognisedLayout[]> {
  const found: RecognisedLayout[] = [];
  for (const [layout, { recognise }] of Object.entries(LAYOUTS)) {
    const seen = await recognise(path);
    if (seen !== undefined) found.push({ layout: layout as LayoutName, seen });
  }
  return found;
}

async function lostHint(path: string): Promise<string> {
  const lost = await lostNames(path);
  return lost === undefined ? "" : ` (${lost})`;
}

/** Folders that are looked into for a data set that lies one level deeper. */
const MOST_LOOKED_INTO = 20;

async function hint(path: string): Promise<string> {
  const { folders, files } = await entriesIfPresent(path);
  for (const name of folders.slice(0, MOST_LOOKED_INTO)) {
    const [inner] = await fittingLayouts(join(path, name));
    if (inner !== undefined) return ` (its folder ${name} is laid out as ${inner.layout})`;
  }
  if (files.some((name) => /\.nii(\.gz)?$/i.test(name))) {
    return " (it holds NIfTI files: tandem init lists images and labels by their names, or you list them " +
      "in a cases.csv)";
  }
  const picture = files.find((name) => /\.(png|jpe?g|tiff?|bmp)$/i.test(name));
  if (picture !== undefined) {
    return ` (it holds pictures, as ${picture}, which have no size in mm: stack those of a volume and ` +
      "save them as NIfTI with their spacing)";
  }
  if (await isDicomFolder(path).catch(() => false)) {
    return " (it holds DICOM: tandem convert makes NIfTI of it; or a cases.csv lists folders of one " +
      "series each as images)";
  }
  return "";
}
