/** By what the voxels of a run's cases are known again: kept in its folder, held to when it goes on. */
import { messageOf } from "../../base/text/message_of.ts";
import { sizeText } from "../../base/volume/slice_size.ts";
import {
  type KnownContent,
  readContents,
  saveContents,
} from "../../formats/run_folder/contents.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import type { CaseSource } from "../../imaging/data/cases/case_source.ts";
import type { RunCases } from "../../imaging/data/cases/run_cases.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { type CaseContent, imageContent } from "../../imaging/data/preparation/case_content.ts";
import { shareText } from "../../learning/evaluation/cut_away.ts";

/** What contents are taken of. */
export interface ContentSources {
  readonly folder: RunFolder;
  readonly cases: Pick<RunCases, "train" | "validation" | "test">;
  /** The content of a case, where it is prepared. */
  readonly contentOf: (id: string) => CaseContent | undefined;
  /** Whether the cases lie in files: then those of training and validation are all prepared. */
  readonly inFiles: boolean;
}

/**
 * The contents of a run's cases: those its folder has, and of the cases that are prepared by now. Test
 * cases of files are read where their shape is that of another subject's case.
 *
 * @param onNotice Is told, where they are new, which cases hold the same voxels.
 * @throws {RunFolderError} If a case in a file has other voxels than the run began with.
 * @throws {WriteError} If the disk refuses.
 */
export async function settleContents(
  { folder, cases, contentOf, inFiles }: ContentSources,
  onNotice: (line: string) => void = () => {},
): Promise<readonly KnownContent[]> {
  const saved = await readContents(folder.contents);
  const known = new Map((saved ?? []).map((content) => [content.id, content]));
  const others: string[] = [];
  for (const part of ["train", "validation"] as const) {
    for (const { id, subject } of cases[part]) {
      const image = contentOf(id)?.image;
      if (image === undefined) continue;
      const before = known.get(id);
      if (inFiles && before !== undefined && before.image !== image) others.push(id);
      known.set(id, { id, subject, part, image });
    }
  }
  if (others.length > 0) {
    throw new RunFolderError(
      `Cannot go on in ${folder.dir}: ${others.join(", ")} of the data set ${
        others.length === 1 ? "has" : "have"
      } other voxels than the run began with (${folder.contents})`,
    );
  }
  if (saved === undefined && inFiles) {
    for (const content of await testContents(cases, onNotice)) known.set(content.id, content);
    equalImages([...known.values()]).forEach(onNotice);
  }
  if (known.size !== saved?.length) await saveContents(folder.contents, [...known.values()]);
  return [...known.values()];
}

/** Test cases that may be those of another subject, since their shape is the same. */
async function testContents(
  { train, validation, test }: ContentSources["cases"],
  onNotice: (line: string) => void,
): Promise<KnownContent[]> {
  const tested = [...test.values()].flat();
  const shapes = new Map<CaseSource, string>();
  for (const source of [...train, ...validation, ...tested]) {
    shapes.set(source, (await source.outline()).shape.join(" x "));
  }
  const subjects = Map.groupBy(shapes.keys(), (source) => shapes.get(source)!);
  const found: KnownContent[] = [];
  for (const source of tested) {
    const { id, subject } = source;
    if (subjects.get(shapes.get(source)!)!.every((other) => other.subject === subject)) continue;
    try {
      found.push({ id, subject, part: "test", image: await imageContent(await source.load()) });
    } catch (error) {
      onNotice(`test case ${id} cannot be read: ${messageOf(error)}`);
    }
  }
  return found;
}

/** Cases of several names that hold the same voxels, a line a group. */
function equalImages(contents: readonly KnownContent[]): string[] {
  return [...Map.groupBy(contents, ({ image }) => image).values()]
    .filter((own) => own.length > 1)
    .map((own) => {
      const parts = new Set(own.map(({ part }) => part));
      return `equal images: ${own.map(({ id, part }) => `${id} (${part})`).join(" and ")} hold ` +
        "the same voxels" +
        (parts.size > 1 ? ", on several sides of the division: scores of it are too high" : "");
    });
}

/**
 * What a person should know of what the labels of a run hold: classes that none has, and foreground
 * that the crop cuts away. One line each.
 */
export function labelNotices(
  { train, validation }: Pick<RunCases, "train" | "validation">,
  contentOf: ContentSources["contentOf"],
  { task, preparation }: Pick<RunData, "task" | "preparation">,
): string[] {
  const lines: string[] = [];
  const parts = [["training", train], ["validation", validation]] as const;
  for (const [part, cases] of parts) {
    const held = cases.flatMap(({ id }) => contentOf(id)?.classes ?? []);
    const absent = task.labels.flatMap(({ name }, index) =>
      index > 0 && !held.includes(index) && cases.length > 0 ? [name] : []
    );
    if (absent.length === 0) continue;
    lines.push(
      `no ${part} label holds ${absent.join(", ")}: ` +
        (part === "training"
          ? "the run cannot learn what is absent from its labels"
          : "left out of the mean Dice of validation, but where it is segmented"),
    );
  }
  const shares = [...train, ...validation].flatMap(({ id }) => {
    const cutAway = contentOf(id)?.cutAway ?? 0;
    return cutAway > 0 ? [{ id, cutAway }] : [];
  });
  if (shares.length > 0) {
    const { size, spacing } = preparation;
    lines.push(
      `foreground lies outside the crop (${sizeText(size)} at ${spacing} mm): ` +
        `${shareText(shares)}; data.larger=tiles or a larger data.size keeps it`,
    );
  }
  return lines;
}
