import { basename, dirname, relative, resolve } from "../../base/deps/std.ts";
import type { Task } from "../../base/task/task.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { isDicomFolder } from "../../formats/dicom/find_dicom.ts";
import { fileCase } from "../../imaging/data/cases/file_case.ts";
import { recogniseLayout } from "../../imaging/data/cases/open_dataset.ts";
import { statOf } from "../../imaging/data/layouts/folder_entries.ts";
import { compareCases } from "./compare_cases.ts";
import { examineAll, type Listeners } from "./examine_all.ts";
import { inspectDicom } from "./inspect_dicom.ts";
import type { Inspection, Problem } from "./inspection.ts";

/** NIfTI files that no layout knows, and the DICOM beside them. */
export async function inspectFiles(
  path: string,
  files: readonly string[],
  listeners: Listeners,
): Promise<Inspection> {
  const task: Task = {
    labels: [{ name: "background", codes: [0] }, { name: "label", codes: [1] }],
    channels: [{ name: "image" }],
  };
  const root = (await statOf(path))?.isDirectory ? path : dirname(path);
  const cases = files.map((file) => {
    const id = relative(root, file);
    return fileCase({ ...{ id, subject: id, frame: "", domain: "" }, imagePaths: [file], task });
  });
  const examined = await examineAll(cases, listeners, () => ({ task, severity: "error" }));
  const dicom = await isDicomFolder(path) ? await inspectDicom(path, listeners) : undefined;
  const problems: Problem[] = [
    ...examined.flatMap((one) => one.problems),
    ...compareCases(examined),
    ...(dicom?.problems ?? []),
    {
      severity: "error",
      files: [path],
      text: await recogniseLayout(path).then(() => "", messageOf),
      advice:
        "predict these files (tandem predict); to train, tandem init lists images and labels by their " +
        "names, or you list them in a cases.csv",
    },
  ];
  return {
    version: 1,
    path,
    layout: "files",
    name: basename(resolve(path)),
    trainable: false,
    cases: [...examined.map(({ found }) => found), ...(dicom?.cases ?? [])],
    notices: [
      `${files.length} NIfTI ${files.length === 1 ? "file" : "files"}, of no layout`,
      ...(dicom?.notices ?? []),
    ],
    problems,
  };
}
