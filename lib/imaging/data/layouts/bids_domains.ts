/** Where the images of a BIDS data set come from: a column of participants.tsv, or their sidecars. */
import { DatasetError } from "../cases/dataset_error.ts";
import { isFile } from "./folder_entries.ts";
import { readJson, readTable, type Table } from "./read_list.ts";
import { parseBidsName } from "./bids_names.ts";
import { shortJson } from "../../../base/text/short_json.ts";
import { basename, join } from "../../../base/deps/std.ts";

/** Columns that give the domain where none is named, the first that is there. */
const USUAL = [
  ...["domain", "site", "center", "centre", "institution", "hospital"],
  ...["scanner", "manufacturer", "vendor"],
];

/** The key of sidecars that gives the domain where there is no such column. */
const USUAL_KEY = "Manufacturer";

type Row = Table["rows"][number];

/** The rows of participants.tsv by subject; none where there is no such file. */
export async function readParticipants(path: string): Promise<Map<string, Row>> {
  const file = join(path, "participants.tsv");
  if (!await isFile(file)) return new Map();
  const { rows, columns } = await readTable(file);
  const id = columns.find((column) => column.toLowerCase() === "participant_id");
  if (id === undefined) {
    throw new DatasetError(
      `Cannot use ${file}: it has no column participant_id, only ${columns.join(", ")}`,
    );
  }
  return new Map(
    rows.map((row) => [row[id]!.startsWith("sub-") ? row[id]! : `sub-${row[id]}`, row]),
  );
}

/**
 * The domain of each image.
 *
 * @param wanted The column or key that gives it, in whatever case.
 * @param images Paths of images.
 * @throws {DatasetError} If neither the table nor a sidecar has it; the message names the columns.
 */
export async function readDomains(
  path: string,
  wanted: string | undefined,
  images: readonly string[],
): Promise<string[]> {
  const participants = await readParticipants(path);
  const columns = Object.keys([...participants.values()][0] ?? {});
  const columnOf = (name: string) =>
    columns.find((column) => column.toLowerCase() === name.toLowerCase());
  const column = wanted === undefined
    ? USUAL.map(columnOf).find((found) => found !== undefined)
    : columnOf(wanted);
  if (column !== undefined) {
    return images.map((image) => {
      const subject = parseBidsName(basename(image))?.subject ?? "";
      return known(participants.get(subject)?.[column]);
    });
  }
  const key = wanted ?? USUAL_KEY;
  const values = await Promise.all(images.map((image) => sidecarValue(image, key)));
  if (wanted !== undefined && values.every((value) => value === undefined)) {
    throw new DatasetError(
      `Cannot use ${path}: bids.domain is ${wanted}, which is no column of participants.tsv (${
        columns.join(", ") || "there is none"
      }) and no key of the images' sidecars`,
    );
  }
  return values.map(known);
}

/** A value as the name of a domain. */
function known(value: unknown): string {
  const text = typeof value === "string" ? value : shortJson(value ?? "n/a");
  return /^"?(n\/a)?"?$/i.test(text) ? "unknown" : text;
}

async function sidecarValue(image: string, wanted: string): Promise<unknown> {
  const sidecar = image.replace(/\.nii(\.gz)?$/i, ".json");
  if (!await isFile(sidecar)) return undefined;
  const value = await readJson(sidecar);
  const key = Object.keys(value ?? {}).find((name) => name.toLowerCase() === wanted.toLowerCase());
  return key === undefined ? undefined : (value as Record<string, unknown>)[key];
}
