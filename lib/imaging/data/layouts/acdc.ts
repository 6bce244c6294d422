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
import { fileCase } from "../cases/file_case.ts";
import { ACDC_CODES } from "../cases/label_codes.ts";
import { foldersIn, imageAndLabel, type Layout, type OpenDatasetOptions } from "./layout.ts";
import { basename, join, resolve } from "../../../base/deps/std.ts";
import type { InPlaneOrientation } from "../../../base/volume/orientation.ts";

/** From ACDC's stored slices to the canonical form. */
const ORIENTATION: InPlaneOrientation = { transpose: true, flipI: true, flipJ: false };

/** The layout of the ACDC challenge's training and testing folders. */
export const acdc: Layout = {
  name: "acdc",
  async open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>> {
    const labelCodes = options.labelCodes ?? ACDC_CODES;
    const cases: FileCase[] = [];
    for (const code of await foldersIn(path)) {
      // An artifact suite writes its repeats of a patient as patientNNN_2 and so on.
      const subject = /^(patient\d+)(_\d+)?$/.exec(code)?.[1];
      if (subject === undefined) continue;
      const folder = join(path, code);
      const frames = await readInfo(folder);
      for (const frame of ["ED", "ES"] as const) {
        const name = `${code}_frame${String(frames[frame]).padStart(2, "0")}`;
        cases.push(fileCase({
          id: `${code}_${frame}`,
          subject,
          frame,
          domain: "ACDC",
          orientation: ORIENTATION,
          ...await imageAndLabel(folder, name, `${frame} frame`, options.labels),
          labelCodes,
          geometry: options.geometry ?? "pixdim",
        }));
      }
    }
    if (cases.length === 0) {
      throw new DatasetError(
        `Cannot open ${path}: it holds no folder named patientNNN (layout "acdc")`,
      );
    }
    return { name: basename(resolve(path)), layout: "acdc", labelCodes, cases };
  },
};

async function readInfo(folder: string): Promise<{ ED: number; ES: number }> {
  const path = join(folder, "Info.cfg");
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new DatasetError(`Cannot open ${path}: ${(cause as Error).message}`, { cause });
  }
  const frameOf = (name: string): number => {
    const value = new RegExp(`^${name}:\\s*(\\d+)\\s*$`, "m").exec(text)?.[1];
    if (value === undefined) {
      throw new DatasetError(`Cannot use ${path}: it names no ${name} frame ("${name}: number")`);
    }
    return Number(value);
  };
  return { ED: frameOf("ED"), ES: frameOf("ES") };
}
