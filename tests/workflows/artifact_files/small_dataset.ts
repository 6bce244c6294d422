/** Small data sets on disk, in every layout. */
import type { LayoutName } from "../../../lib/names.ts";
import { toCodes } from "../../../lib/base/task/label_codes.ts";
import { ACDC_TASK, MNMS_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { smallCase } from "../../imaging/artifacts/small_case.ts";

/** Runs with an empty folder that is removed at the end. */
export async function inFolder(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Writes two subjects at two phases, int16, labels in the layout's codes; gives the folder. */
export async function smallDataset(dir: string, layout: LayoutName): Promise<string> {
  await Deno.mkdir(dir, { recursive: true });
  const rows: string[] = ["image,label,subject,domain,frame"];
  for (const n of [1, 2]) {
    const subject = layout === "acdc" ? `patient00${n}` : `S${n}`;
    await Deno.mkdir(`${dir}/${subject}`, { recursive: true });
    for (const frame of ["ED", "ES"]) {
      const { volume, label, context } = smallCase([24, 19 + n, 2]);
      const values = frame === "ED" ? volume.data : context.otherFrame.data;
      const data = Int16Array.from(values, (value) => 1000 * value);
      const number = frame === "ED" ? "01" : "12";
      const name = `${subject}/` +
        (layout === "acdc" ? `${subject}_frame${number}` : `${subject}_sa_${frame}`);
      const task = layout === "acdc" ? ACDC_TASK : MNMS_TASK;
      await writeNifti(`${dir}/${name}.nii.gz`, imageOf({ ...volume, data }, "small"));
      const stored = { ...label, data: toCodes(label.data, task) };
      await writeNifti(`${dir}/${name}_gt.nii.gz`, imageOf(stored, "small"));
      rows.push(`${name}.nii.gz,${name}_gt.nii.gz,${subject},clinic ${n},${frame}`);
    }
    if (layout === "acdc") {
      await Deno.writeTextFile(`${dir}/${subject}/Info.cfg`, "ED: 1\nES: 12\n");
    }
  }
  if (layout === "mnms") {
    await Deno.writeTextFile(`${dir}/info.csv`, "External code,Vendor\nS1,A\nS2,B\n");
  }
  if (layout === "folder") await Deno.writeTextFile(`${dir}/cases.csv`, rows.join("\n") + "\n");
  return dir;
}

/** Every file under a folder with its bytes, by path. */
export async function filesIn(dir: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const visit = async (folder: string): Promise<void> => {
    const entries = await Array.fromAsync(Deno.readDir(`${dir}/${folder}`));
    for (const { name, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (isDirectory) await visit(path);
      else files.set(path, await Deno.readFile(`${dir}/${path}`));
    }
  };
  await visit("");
  return files;
}
