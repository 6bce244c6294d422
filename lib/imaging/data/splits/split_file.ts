/** Divisions that a file lists: nnU-Net's `splits_final.json`, or a list of one's own. */
import { ConfigError } from "../../../base/config/config_error.ts";
import { parseJson } from "../../../base/text/parse_json.ts";
import { z } from "../../../base/deps/zod.ts";
import type { CaseSource, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { listed } from "../layouts/read_list.ts";
import { checkSplit, type Split } from "./split.ts";

const names = z.array(z.union([z.string(), z.number()]).transform(String));
const entry = z.object({
  train: names,
  val: names.optional(),
  validation: names.optional(),
  test: names.optional(),
});
const schema = z.union([z.array(entry).min(1), entry.transform((only) => [only])]);

/** A case as a list may name it. */
export type SplitCase =
  & Pick<CaseSource, "id" | "subject" | "part">
  & Partial<Pick<FileCase, "imagePaths">>;

/** What a division file is read for. */
export interface SplitFileOptions {
  /** The file, for messages. */
  readonly path: string;
  /** Which division of the list, from 0. */
  readonly fold: number;
  /** All cases of the data set. */
  readonly cases: readonly SplitCase[];
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
}

/**
 * The division that a file lists: a list of `{train, val, test}`, or one of them, whose names are
 * those of cases or of subjects. Whole subjects are divided: where a list names one image of a
 * subject, its others go with it. Without `test`, the cases that the data set keeps for tests are
 * tested on, or nothing is. Subjects that are in no part are left out.
 *
 * @param text The file's text.
 * @throws {ConfigError} If there is no such fold.
 * @throws {DatasetError} If the text is no such list, names what the data set does not hold (all
 * are told), or puts a subject in two parts.
 *
 * @example
 * ```ts
 * import { splitOfFile } from "./split_file.ts";
 *
 * const cases = ["a", "b", "c"].map((id) => ({ id, subject: id }));
 * const text = '[{"train": ["a", "c"], "val": ["b"]}]';
 * const split = splitOfFile(text, { path: "splits_final.json", fold: 0, cases });
 * if (split.train.join() !== "a,c" || split.validation.join() !== "b") throw new Error();
 * ```
 */
export function splitOfFile(text: string, options: SplitFileOptions): Split {
  const { path, fold, cases, onNotice = () => {} } = options;
  const divisions = parseJson(text, schema, path, DatasetError);
  const chosen = divisions[fold];
  if (chosen === undefined) {
    throw new ConfigError(
      "data.fold",
      `Cannot divide subjects: data.fold is ${fold}, ${path} lists ${divisions.length} divisions ` +
        `(0 to ${divisions.length - 1})`,
    );
  }
  const named = namesOf(cases);
  const unknown: string[] = [];
  const chosenCases = new Set<SplitCase>();
  const subjectsOf = (wanted: readonly string[] = []) => {
    const subjects = new Set<string>();
    for (const name of wanted) {
      const own = named.get(name.replace(/\.nii(\.gz)?$/i, ""));
      if (own === undefined) unknown.push(name);
      for (const source of own ?? []) {
        chosenCases.add(source);
        subjects.add(source.subject);
      }
    }
    return [...subjects].sort();
  };
  const split: Split = {
    train: subjectsOf(chosen.train),
    validation: subjectsOf([...chosen.val ?? [], ...chosen.validation ?? []]),
    test: chosen.test === undefined
      ? [...new Set(cases.filter(({ part }) => part === "test").map(({ subject }) => subject))]
        .sort()
      : subjectsOf(chosen.test),
  };
  if (unknown.length > 0) {
    throw new DatasetError(
      `Cannot use ${path}: division ${fold} names what the data set does not hold: ` +
        listed(unknown, ", "),
    );
  }
  checkSplit(split, `${fold} of ${path}`);
  if (split.train.length === 0) {
    throw new DatasetError(`Cannot use ${path}: division ${fold} has nothing to train on`);
  }
  tellOthers(cases, chosenCases, split, onNotice);
  return split;
}

/** The cases by every name that a list may give them: their own, their subject's, their image's. */
function namesOf(cases: readonly SplitCase[]): Map<string, SplitCase[]> {
  const named = new Map<string, SplitCase[]>();
  const add = (nameOf: (source: SplitCase) => string | undefined) => {
    for (const [name, own] of Map.groupBy(cases, nameOf)) {
      // What is named by itself is not what a less exact name would mean.
      if (name !== undefined && !named.has(name)) named.set(name, own);
    }
  };
  add(({ id }) => id);
  add(({ subject }) => subject);
  add(({ imagePaths }) => imagePaths && stemOf(imagePaths[0]));
  add(({ imagePaths }) => imagePaths && stemOf(imagePaths[0]).replace(/_0000$/, ""));
  return named;
}

function stemOf(path: string): string {
  return path.replace(/^.*[\\/]/, "").replace(/\.nii(\.gz)?$/i, "");
}

function tellOthers(
  cases: readonly SplitCase[],
  chosen: ReadonlySet<SplitCase>,
  { train, validation, test }: Split,
  onNotice: (line: string) => void,
): void {
  const used = new Set([...train, ...validation, ...test]);
  const all = Map.groupBy(cases, ({ subject }) => subject);
  const partly = [...all].filter(([, own]) =>
    own.some((source) => chosen.has(source)) && !own.every((source) => chosen.has(source))
  );
  if (partly.length > 0) {
    onNotice(
      "subjects of whom not all images are listed are taken whole: " +
        listed(partly.map(([subject]) => subject), ", "),
    );
  }
  const unused = [...all.keys()].filter((subject) => !used.has(subject));
  if (unused.length > 0) {
    onNotice(`${unused.length} subjects are in no part of the division: ${listed(unused, ", ")}`);
  }
}
