/**
 * ACDC (Bernard et al., IEEE TMI 2018): `patientNNN/Info.cfg` names the ED and ES frames, which lie in
 * `patientNNN_frameFF.nii.gz` with labels in `..._gt.nii.gz`.
 *
 * ACDC's headers hold no true orientation: every affine is a diagonal, and copies exist whose sform
 * has unit scale. So spacings are taken from pixdim, and the in-plane turn, which the affine cannot
 * tell, is a constant here: files run to posterior along i and to inferior and right along j.
 */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { ACDC_TASK } from "./cardiac.ts";
import { assemble, type DraftCase } from "./assemble.ts";
import { entriesIfPresent, entriesIn, findNifti } from "./folder_entries.ts";
import type {
  CasePlace,
  Layout,
  OpenDatasetOptions,
  WritableCase,
  WrittenDataset,
} from "./layout.ts";
import { readText } from "./read_list.ts";
import { codeOf } from "./written_names.ts";
import { copyIfPresent } from "../../../formats/files/copy_if_present.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import { dirname, join } from "../../../base/deps/std.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import type { InPlaneOrientation } from "../../../base/volume/orientation.ts";

/** From ACDC's stored slices to the canonical form. */
const ORIENTATION: InPlaneOrientation = { transpose: true, flipI: true, flipJ: false };

/** A patient's folder; a suite writes its repeats of a patient as patientNNN_2 and so on. */
const FOLDER = /^(patient\d+)(_\d+)?$/;

/** The layout of the ACDC challenge's training and testing folders. */
export const acdc: Layout = {
  name: "acdc",
  reading: { task: ACDC_TASK, geometry: "pixdim", turn: ORIENTATION },
  looksFor: "folders patientNNN with an Info.cfg",

  async recognise(path: string): Promise<string | undefined> {
    const { folders } = await entriesIfPresent(path);
    const patient = folders.find((name) => FOLDER.test(name));
    if (patient === undefined) return undefined;
    const { files } = await entriesIn(join(path, patient));
    return files.includes("Info.cfg") ? `${patient}/Info.cfg, as in ACDC` : undefined;
  },

  async open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>> {
    const cases: DraftCase[] = [];
    const problems: string[] = [];
    const { folders } = await entriesIn(path);
    const patients = folders.filter((name) => FOLDER.test(name));
    if (patients.length === 0) {
      throw new DatasetError(
        `Cannot open ${path}: it holds no folder named patientNNN (layout "acdc")`,
      );
    }
    for (const code of patients) {
      const folder = join(path, code);
      const { files } = await entriesIn(folder);
      for (const [frame, number] of await readInfo(folder, problems)) {
        const name = frameName(code, number);
        const image = findNifti(files, name);
        const label = findNifti(files, `${name}_gt`);
        if (image === undefined) {
          problems.push(`${code}: the image of its ${frame} frame is missing (${name}.nii.gz)`);
          continue;
        }
        cases.push({
          id: `${code}_${frame}`,
          subject: FOLDER.exec(code)![1]!,
          frame,
          domain: "ACDC",
          orientation: ORIENTATION,
          imagePaths: [join(folder, image)],
          ...(label !== undefined && { labelPath: join(folder, label) }),
        });
      }
    }
    return assemble(
      { path, layout: "acdc", task: ACDC_TASK, cases, geometry: "pixdim", notices: [], problems },
      options,
    );
  },

  place(source: WritableCase): CasePlace {
    const code = codeOf(source);
    const name = `${code}/${frameName(code, frameNumber(source))}`;
    return { images: [`${name}.nii.gz`], label: `${name}_gt.nii.gz` };
  },

  async finish(folder: string, { cases }: WrittenDataset): Promise<void> {
    for (const [code, frames] of Map.groupBy(cases, codeOf)) {
      const info = join(folder, code, "Info.cfg");
      const lines = frames.map((source) => `${source.frame}: ${frameNumber(source)}\n`);
      await writeAtomically(info, lines.join(""));
      const original = frames[0]!.imagePaths?.[0];
      // It tells more, as the diagnosis.
      if (original !== undefined) await copyIfPresent(join(dirname(original), "Info.cfg"), info);
    }
  },
};

function frameName(code: string, number: number): string {
  return `${code}_frame${String(number).padStart(2, "0")}`;
}

function frameNumber({ imagePaths, frame }: WritableCase): number {
  const known = /_frame(\d+)\.nii/.exec(imagePaths?.[0] ?? "")?.[1];
  return known === undefined ? frame === "ED" ? 1 : 2 : Number(known);
}

async function readInfo(folder: string, problems: string[]) {
  const path = join(folder, "Info.cfg");
  let text: string;
  try {
    text = await readText(path);
  } catch (error) {
    problems.push(messageOf(error));
    return [];
  }
  const frames: ["ED" | "ES", number][] = [];
  for (const frame of ["ED", "ES"] as const) {
    const value = new RegExp(`^${frame}:\\s*(\\d+)\\s*$`, "m").exec(text)?.[1];
    if (value !== undefined) frames.push([frame, Number(value)]);
    else problems.push(`${path}: it names no ${frame} frame ("${frame}: number")`);
  }
  return frames;
}
