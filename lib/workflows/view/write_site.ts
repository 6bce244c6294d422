import { join } from "../../base/deps/std.ts";
import { checkOutputs } from "../../formats/files/check_outputs.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { pageFiles } from "./page_files.ts";
import type { SiteFiles } from "./page_site.ts";
import { readPageModel } from "./read_page_model.ts";

/** Where to write. */
export interface SiteOptions {
  /** A folder, made where there is none. */
  readonly output: string;
  /** Replace files that exist. */
  readonly overwrite?: boolean;
}

/** What was written. */
export interface WrittenSite {
  /** Names of files in the folder. */
  readonly files: readonly string[];
  /** Bytes of all files. */
  readonly bytes: number;
  /** Bytes of the networks' weights, which are among them. */
  readonly weightsBytes: number;
}

/**
 * Writes a run's page as files for any web server, the networks inside. Served by https, or from this
 * computer, it has threads: a service worker keeps the files and sets the headers that these want.
 *
 * @throws {RunFolderError | CheckpointError | SafetensorsError} If the run cannot be loaded.
 * @throws {OutputPathError} If files exist.
 * @throws {PageError} If the page cannot be made.
 * @throws {WriteError} If the disk refuses.
 */
export async function writeSite(
  dir: string,
  { output, overwrite = false }: SiteOptions,
): Promise<WrittenSite> {
  const { model, weights } = await readPageModel(dir);
  const files = await pageFiles("site");
  files.set("model.json", new TextEncoder().encode(JSON.stringify(model)));
  files.set("model.safetensors", weights);
  const names = [...files.keys()].sort();
  const list: SiteFiles = {
    format: "tandem-site/1",
    version: await digestOf(names.map((name) => files.get(name)!)),
    files: names,
  };
  files.set("files.json", new TextEncoder().encode(JSON.stringify(list)));
  const places = new Map([...files].map(([name, bytes]) => [join(output, name), bytes]));
  await checkOutputs({ outputs: [...places.keys()], inputs: [], overwrite });
  await makeFolder(output);
  for (const [place, bytes] of places) await writeAtomically(place, bytes);
  return {
    files: [...files.keys()].sort(),
    bytes: [...files.values()].reduce((sum, { length }) => sum + length, 0),
    weightsBytes: weights.length,
  };
}

async function digestOf(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const digests: Uint8Array[] = [];
  for (const part of parts) {
    digests.push(new Uint8Array(await crypto.subtle.digest("SHA-256", part)));
  }
  const all = await new Blob(digests as BlobPart[]).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all)).toHex().slice(0, 32);
}
