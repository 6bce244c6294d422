/** Names and tasks as the layouts write them. */
import type { Task } from "../../../base/task/task.ts";
import { join } from "../../../base/deps/std.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import { idStem } from "../../artifacts/suites/id_stem.ts";
import type { WritableCase } from "./layout.ts";

/** A name with nothing in it that leads elsewhere. */
export function safeName(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}_.-]/gu, "_").replace(/^\./, "_");
}

/** What names a case without its frame: `A003`, or `A003_2` for the second of several repeats. */
export function codeOf(source: WritableCase): string {
  const stem = idStem(source);
  return safeName(source.repeat === undefined ? stem : `${stem}_${source.repeat}`);
}

/** A case's id with its repeat. */
export function writtenId(source: WritableCase): string {
  return source.repeat === undefined
    ? source.id
    : `${idStem(source)}_${source.repeat}_${source.frame}`;
}

/** The task of written label files: each label has the one code that is written for it. */
export function writtenTask(task: Task): Task {
  return {
    ...task,
    labels: task.labels.map((label) => ({ ...label, codes: label.codes.slice(0, 1) })),
  };
}

/** Writes JSON for people into a folder. */
export async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  await writeAtomically(join(folder, name), JSON.stringify(value, null, 2) + "\n");
}

/** Names that each occur once: a later `MR` becomes `MR 2`. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let n = 2; taken.has(own); n++) own = `${name} ${n}`;
    taken.add(own);
    return own;
  });
}
