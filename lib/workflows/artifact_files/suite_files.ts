/** The files of a suite beside its volumes. */
import type { SuiteEntry, SuiteManifest } from "../../imaging/artifacts/suites/manifest.ts";
import { join } from "../../base/deps/std.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import type { MadeVolume } from "./case_task.ts";
import { contactSheet } from "./contact_sheet.ts";
import type { OpenedOrigin } from "./origin.ts";
import { MANIFEST_NAME } from "./output_folder.ts";
import { ArtifactRequestError } from "./request_error.ts";
import { PICTURES, suitePage } from "./suite_page.ts";
import { writeSetFiles } from "./suite_paths.ts";

/** The files of a suite. */
export interface WrittenSuite {
  /** The record of every volume, as it was written to `manifestPath`. */
  readonly manifest: SuiteManifest;
  /** The suite's folder, which holds a folder for each set. */
  readonly folder: string;
  /** The page that shows clean beside corrupted volumes. */
  readonly page: string;
  /** The picture of clean beside corrupted slices, a PNG. */
  readonly contactSheet: string;
  /** The manifest's file, JSON, which `replayManifest` takes. */
  readonly manifestPath: string;
}

/** Writes what stands beside the volumes: the manifest, what makes sets data sets, the pictures. */
export async function writeAround(
  folder: string,
  manifest: SuiteManifest,
  made: readonly MadeVolume[],
  opened: OpenedOrigin,
): Promise<void> {
  // Further channels lie beside the first ones, or in the same files.
  const volumes = manifest.volumes.filter(isFirstChannel);
  for (const [set, entries] of Map.groupBy(volumes, ({ set }) => set)) {
    await writeSetFiles(folder, set, entries, opened, manifest.repeats);
  }
  const at = pathsOf(folder), { task: { labels, channels } } = opened;
  const shown = made.filter(({ entry }) => isFirstChannel(entry));
  await writeAtomically(at.contactSheet, await contactSheet(manifest, shown, labels));
  const { html, pictures } = suitePage({ ...manifest, volumes }, shown, { labels, channels });
  await makeFolder(join(folder, PICTURES));
  for (const [path, png] of pictures) await writeAtomically(join(folder, path), png);
  await writeAtomically(at.page, html);
  await writeAtomically(at.manifestPath, JSON.stringify(manifest, null, 2) + "\n");
}

/** Where the files of a suite lie in its folder. */
export function pathsOf(folder: string) {
  return {
    folder,
    page: join(folder, "index.html"),
    contactSheet: join(folder, "contact_sheet.png"),
    manifestPath: join(folder, MANIFEST_NAME),
  };
}

/** Whether a record is the first of its image: further channels have records of their own. */
export function isFirstChannel({ channel }: SuiteEntry): boolean {
  return channel === undefined;
}

/** Refuses volumes that would be one file. */
export function checkPaths(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path)) {
      throw new ArtifactRequestError(`Cannot write the suite: two volumes would be ${path}`);
    }
    seen.add(path);
  }
}
