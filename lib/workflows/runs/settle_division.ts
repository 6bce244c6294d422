import { shellWord } from "../../base/text/shell_word.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { exists } from "../../formats/files/exists.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { readDivision } from "../../formats/run_folder/division.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import {
  openRunCases,
  type RunCases,
  type SubjectDivision,
} from "../../imaging/data/cases/run_cases.ts";
import type { RunHooks } from "./run_hooks.ts";

/** The cases of a run; tells how it goes on where its data set is no longer there. */
export async function openCases(
  { dir, division }: RunFolder,
  config: ResolvedConfig,
  onNotice: RunHooks["onNotice"],
): Promise<RunCases> {
  const place = config.data.dir;
  if (place !== null && await exists(division) && !await exists(place)) {
    throw new DatasetError(
      `Cannot go on in ${dir}: its data set ${place} is not there any more; where it has moved: ` +
        `train --resume ${shellWord(dir)} --data FOLDER`,
    );
  }
  return await openRunCases(config, onNotice);
}

/** Saves the division of a new run, and holds a resumed one to the division it began with. */
export async function settleDivision(
  folder: RunFolder,
  division: SubjectDivision,
  onNotice: RunHooks["onNotice"],
): Promise<void> {
  if (!await exists(folder.division)) {
    await saveDivision(folder, division);
  } else if (!await sameSubjects(folder.division, division)) {
    throw new RunFolderError(
      `Cannot go on in ${folder.dir}: ${division.source} has other subjects than the run's ` +
        folder.division,
    );
  }
  const { source, train, validation, test, others } = division;
  onNotice?.(
    `${source}: train ${train.join(" ")} | validation ${validation.join(" ")} | ` +
      `test ${[...test, ...Object.values(others).flat()].join(" ")}`,
  );
}

/** Saves who is trained, validated and tested on. */
export async function saveDivision(
  { division: path }: RunFolder,
  division: SubjectDivision,
): Promise<void> {
  await writeAtomically(path, JSON.stringify(division, null, 2) + "\n");
}

/** Whether a saved division has these subjects, wherever their data set lies. */
async function sameSubjects(
  path: string,
  { source: _, ...division }: SubjectDivision,
): Promise<boolean> {
  await readDivision(path);
  const { source: _s, ...before } = JSON.parse(await Deno.readTextFile(path));
  return JSON.stringify(before) === JSON.stringify(division);
}
