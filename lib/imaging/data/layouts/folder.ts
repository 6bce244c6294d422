/**
 * Any files, named by a list: `cases.csv` or `cases.json` in a folder, or the path of such a list.
 *
 * A CSV has a header row with `image` and, where known, `label`, `subject`, `domain`, `frame` and `id`; a
 * JSON list holds objects with the same keys, or is `{"labelCodes": [..], "cases": [..]}`. Paths are
 * relative to the list. Without `subject`, each image is a subject of its own, named after its file.
 * Label codes are 0 background, 1 LV, 2 MYO, 3 RV unless the list or the caller gives others.
 */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { fileCase } from "../cases/file_case.ts";
import { CANONICAL_CODES, type LabelCodes } from "../cases/label_codes.ts";
import type { Layout, OpenDatasetOptions } from "./layout.ts";
import { basename, dirname, join, parseCsv, resolve } from "../../../base/deps/std.ts";
import { z } from "../../../base/deps/zod.ts";

const Text = z.string().trim().transform((text) => text === "" ? undefined : text).optional();
const Row = z.strictObject({
  image: z.string().trim().min(1),
  label: Text,
  subject: Text,
  domain: Text,
  frame: Text,
  id: Text,
});
const Code = z.number().int().min(0).max(65535);
const PlainList = z.array(Row);
const NamedList = z.strictObject({
  cases: PlainList,
  labelCodes: z.tuple([Code, Code, Code, Code]).optional(),
});

/** The layout of a list of files. */
export const folder: Layout = {
  name: "folder",
  async open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>> {
    const listPath = await findList(path);
    const { rows, labelCodes: listed } = await readList(listPath);
    const labelCodes = options.labelCodes ?? listed ?? CANONICAL_CODES;
    const seen = new Map<string, number>();
    const cases = rows.map((row, n): FileCase => {
      if (row.label === undefined && options.labels !== "optional") {
        throw new DatasetError(`Cannot use ${listPath}: case ${n + 1} (${row.image}) has no label`);
      }
      const subject = row.subject ?? basename(row.image).replace(/\.nii(\.gz)?$/i, "");
      const frame = row.frame ?? String((seen.get(subject) ?? 0) + 1);
      seen.set(subject, (seen.get(subject) ?? 0) + 1);
      const absolute = (file: string) => resolve(dirname(listPath), file);
      return fileCase({
        id: row.id ??
          (row.frame === undefined && seen.get(subject) === 1 ? subject : `${subject}_${frame}`),
        subject,
        frame,
        domain: row.domain ?? "unknown",
        imagePath: absolute(row.image),
        ...(row.label === undefined ? {} : { labelPath: absolute(row.label) }),
        labelCodes,
        ...(options.geometry === undefined ? {} : { geometry: options.geometry }),
      });
    });
    if (cases.length === 0) throw new DatasetError(`Cannot use ${listPath}: it lists no case`);
    const ids = new Set<string>();
    for (const { id } of cases) {
      if (ids.has(id)) throw new DatasetError(`Cannot use ${listPath}: it lists case ${id} twice`);
      ids.add(id);
    }
    return { name: basename(dirname(resolve(listPath))), layout: "folder", labelCodes, cases };
  },
};

async function findList(path: string): Promise<string> {
  if (/\.(csv|json)$/i.test(path)) return path;
  for (const name of ["cases.csv", "cases.json"]) {
    try {
      if ((await Deno.stat(join(path, name))).isFile) return join(path, name);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new DatasetError(
    `Cannot open ${path}: it holds no cases.csv and no cases.json (layout "folder")`,
  );
}

async function readList(
  path: string,
): Promise<{ rows: z.infer<typeof Row>[]; labelCodes: LabelCodes | undefined }> {
  let value: unknown;
  try {
    const text = await Deno.readTextFile(path);
    value = path.toLowerCase().endsWith(".csv") ? parseCsv(text) : JSON.parse(text);
  } catch (cause) {
    throw new DatasetError(`Cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  const parsed = NamedList.safeParse(Array.isArray(value) ? { cases: value } : value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DatasetError(
      `Cannot use ${path}: ${issue.path.map(String).join(".") || "the list"}: ${issue.message}`,
    );
  }
  return { rows: parsed.data.cases, labelCodes: parsed.data.labelCodes };
}
