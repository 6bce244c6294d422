/** The list of layout `folder`: a table or JSON, as text editors, Excel and pandas save them. */
import { DatasetError } from "../cases/dataset_error.ts";
import { MNMS_TASK } from "./cardiac.ts";
import { listed, parseTable, parseValue, readJson, readText } from "./read_list.ts";
import { channelsSchema, labelsSchema, type Task, taskSchema } from "../../../base/task/task.ts";
import { z } from "../../../base/deps/zod.ts";
import { shortJson } from "../../../base/text/short_json.ts";
import { shortText } from "../../../base/text/short_text.ts";
import { nearestNames } from "../../../base/text/unknown_name.ts";

/** What is listed of a case besides its images. */
const KEYS = ["label", "subject", "domain", "frame", "id"] as const;

/** A case as it is listed; what is not known is absent. */
export type ListedCase = Readonly<Partial<Record<typeof KEYS[number], string>>> & {
  /** Where it stands in the list, for messages: "row 2" or "case 1". */
  readonly place: string;
  /** A path a channel. */
  readonly images: readonly string[];
};

/** What a list says. */
export interface CaseList {
  readonly cases: readonly ListedCase[];
  /** Names of the columns of images, in order. */
  readonly imageColumns: readonly string[];
  /** Columns that mean nothing here. */
  readonly otherColumns: readonly string[];
  readonly labels?: Task["labels"];
  readonly channels?: Task["channels"];
  readonly ignore?: number;
  /** The labels' codes without names: the old form of a list. */
  readonly labelCodes?: readonly number[];
}

/** What a table looks like. */
const TABLE = "a header row with image (or image_1, image_2 for channels) and, where known, " +
  `${KEYS.join(", ")}, as "image,label,subject" above "p1_ED.nii.gz,p1_ED_gt.nii.gz,p1"`;

/** What a JSON list looks like. */
const EXAMPLE = `{"cases": [{"image": "p1.nii.gz", "label": "p1_gt.nii.gz", "subject": "p1"}, …]}`;
const wanted = `wanted a list of cases, as ${EXAMPLE}`;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: "wanted a text, a number or null",
});
const code = z.number().int();
const head = z.object({
  task: taskSchema.optional(),
  labels: z.union([
    labelsSchema,
    z.record(z.string(), z.union([code, z.array(code)])),
  ]).optional(),
  channels: z.union([channelsSchema, z.array(z.string().min(1))]).optional(),
  ignore: code.optional(),
  labelCodes: z.array(code).min(2).optional(),
  cases: z.array(z.record(z.string(), z.unknown(), `wanted a case, as in ${EXAMPLE}`), wanted),
}, wanted);

/**
 * Reads a list, whatever separates its cells.
 *
 * @throws {DatasetError} If it is no such list; the message says what a list looks like.
 */
export async function readCaseList(path: string): Promise<CaseList> {
  if (!/\.json$/i.test(path)) {
    const { columns, rows } = parseTable(await readText(path), path);
    return { ...casesOf(rows, columns, path, (n) => `row ${n + 2}`) };
  }
  const value = await readJson(path);
  const list = parseValue(head, Array.isArray(value) ? { cases: value } : value, path);
  const rows = list.cases.map((row, n) => {
    const parsed = z.record(z.string(), z.unknown()).parse(row);
    return Object.fromEntries(
      Object.entries(parsed).map(([key, content]) => {
        if (!cell.safeParse(content).success) {
          throw new DatasetError(
            `Cannot use ${path}: case ${n + 1}: ${shortText(key)} is ${
              shortJson(content)
            }, wanted a text`,
          );
        }
        return [key, String(content ?? "")];
      }),
    );
  });
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const { task, labelCodes } = list;
  const labels = task?.labels ?? labelsOf(list.labels);
  const channels = task?.channels ??
    list.channels?.map((channel) => typeof channel === "string" ? { name: channel } : channel);
  const ignore = task?.ignore ?? list.ignore;
  return {
    ...casesOf(rows, columns, path, (n) => `case ${n + 1}`),
    ...(labels !== undefined && { labels }),
    ...(channels !== undefined && { channels }),
    ...(ignore !== undefined && { ignore }),
    ...(labelCodes !== undefined && { labelCodes }),
  };
}

function labelsOf(labels: z.infer<typeof head>["labels"]): Task["labels"] | undefined {
  if (labels === undefined || Array.isArray(labels)) return labels;
  const named = Object.entries(labels).map(([name, codes]) => ({ name, codes: [codes].flat() }));
  return named.some(({ codes }) => codes.includes(0))
    ? named.sort((a, b) => Number(b.codes.includes(0)) - Number(a.codes.includes(0)))
    : [{ name: "background", codes: [0] }, ...named];
}

/**
 * Labels of codes that nothing names: "label 1" and so on, background first. Four codes in a list of
 * the old form are those of short-axis hearts, as they always were.
 */
export function labelsOfCodes(codes: readonly number[], oldForm: boolean): Task["labels"] {
  if (oldForm && codes.length === MNMS_TASK.labels.length) {
    return MNMS_TASK.labels.map((label, n) => ({ ...label, codes: [codes[n]!] }));
  }
  return codes.map((value, n) => ({
    name: n === 0 ? "background" : `label ${value}`,
    codes: [value],
  }));
}

function casesOf(
  rows: readonly Readonly<Record<string, string>>[],
  columns: readonly string[],
  path: string,
  placeOf: (n: number) => string,
): Pick<CaseList, "cases" | "imageColumns" | "otherColumns"> {
  const meaning = (column: string) => column.trim().toLowerCase();
  const imageColumns = columns.filter((column) => /^image([_ -].+)?$/.test(meaning(column)));
  const known = new Map(
    KEYS.map((key) => [key, columns.find((column) => meaning(column) === key)]),
  );
  const used = new Set([...imageColumns, ...known.values()]);
  const otherColumns = columns.filter((column) => !used.has(column));
  if (rows.length === 0) {
    const found = columns.length === 0
      ? ""
      : `, only the header row ${listed(columns.map((name) => JSON.stringify(name)), ", ")}`;
    throw new DatasetError(
      `Cannot use ${path}: it lists no case${found}; wanted ${
        /\.json$/i.test(path) ? EXAMPLE : TABLE
      }`,
    );
  }
  if (imageColumns.length === 0) {
    throw new DatasetError(
      `Cannot use ${path}: it has no column image, only ${
        listed(columns.map((column) => JSON.stringify(column)), ", ")
      }; wanted ${TABLE}`,
    );
  }
  const cases = rows.map((row, n): ListedCase => {
    const values = [...known].map(([key, column]) => [key, column && row[column]?.trim()])
      .filter(([, value]) => value);
    return {
      ...Object.fromEntries(values),
      place: placeOf(n),
      images: imageColumns.map((column) => (row[column] ?? "").trim()),
    };
  });
  const empty = cases.filter(({ images }) => images.includes(""));
  if (empty.length > 0) {
    throw new DatasetError(
      `Cannot use ${path}: no image in ${
        listed(empty.map(({ place, images }) => `${place}, ${imageColumns[images.indexOf("")]}`))
      }`,
    );
  }
  return { cases, imageColumns, otherColumns };
}

/** The column that a column without a meaning was probably meant to be, as "label" for "lable". */
export function meantColumn(column: string): string | undefined {
  return nearestNames(column, ["image", ...KEYS]).find((name) => name !== "id");
}
