import type { LayoutName } from "../../../names.ts";
import type { Dataset, FileCase } from "./case_source.ts";
import { acdc } from "../layouts/acdc.ts";
import { folder } from "../layouts/folder.ts";
import type { Layout, OpenDatasetOptions } from "../layouts/layout.ts";
import { mnms } from "../layouts/mnms.ts";

/** Every layout by name; a new one is a file in `layouts/`, a name in `lib/names.ts` and a line here. */
export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = { acdc, mnms, folder };

/**
 * Lists the cases of a data set on disk, without reading voxels.
 *
 * @param path The folder that holds it (for layout "folder", also the path of its list).
 * @param layout How it lies there: "acdc", "mnms" or "folder".
 * @throws {RangeError} If there is no such layout.
 * @throws {DatasetError} If files are missing; the message names them.
 */
export async function openDataset(
  path: string,
  layout: LayoutName,
  options: OpenDatasetOptions = {},
): Promise<Dataset<FileCase>> {
  if (!Object.hasOwn(LAYOUTS, layout)) {
    throw new RangeError(
      `Cannot open ${path}: layout is "${layout}", wanted one of ${
        Object.keys(LAYOUTS).join(", ")
      }`,
    );
  }
  return await LAYOUTS[layout].open(path, options);
}
