import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { inspectFolder } from "../../../lib/workflows/inspect/inspect_folder.ts";
import type { Inspection, Problem } from "../../../lib/workflows/inspect/inspection.ts";
import { stack, writeSlices } from "../../formats/dicom/dicom_file.ts";
import { writeFrames, writeText, writeVoxels } from "../../imaging/data/layouts/tiny_files.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

/** The texts of a case's problems, those that end training with "!" before them. */
function textsOf({ problems }: Inspection, id: string | undefined): string[] {
  return problems.filter((problem) => problem.case === id).map(({ severity, text }) =>
    (severity === "error" ? "!" : "") + text
  );
}

Deno.test("inspectFolder() tells all that is wrong with a data set, file by file", () =>
  inFolder(async (folder) => {
    const at = (name: string) => `${folder}/${name}.nii`;
    const cases: Record<string, string>[] = [];
    const add = async (
      subject: string,
      image: readonly number[] | "no",
      label: readonly number[] | "no",
      id = subject,
    ) => {
      if (image !== "no") await writeVoxels(at(`${id}_i`), ...image);
      if (label !== "no") await writeVoxels(at(`${id}_l`), ...label);
      cases.push({ id, subject, image: `${id}_i.nii`, label: `${id}_l.nii` });
    };
    await add("P1", [5, 6, 7], [1, 2]);
    await add("p01", [5, 6, 8], [1, 1]);
    await add("twin", [5, 6, 7], [1, 2]);
    await add("codes", [1, 2, 3], [3, 7, 1, 7]);
    await add("empty", [1, 2, 4], []);
    await add("hole", [1, NaN, 3], [1, 9]);
    await add("absent", "no", [1]);
    await add("frames", "no", [1]);
    await writeFrames(at("frames_i"), 1, 2, 3);
    await add("text", "no", [1]);
    await Deno.writeTextFile(at("text_i"), "no image".repeat(100));
    await add("moved", [1, 2, 6], "no");
    const moved = { data: new Uint8Array(24).fill(1), shape: [4, 3, 2] } as const;
    const away = scalingAffine([1, 1, 2], [9, 0, 0]);
    await writeNifti(at("moved_l"), imageOf({ ...moved, affine: away }));
    await add("turned", "no", "no");
    for (const kind of ["i", "l"]) {
      const data = moved.data.map((_, n) => kind === "i" ? n : n % 3);
      const affine = scalingAffine([-1, 1, 2]);
      await writeNifti(at(`turned_${kind}`), imageOf({ ...moved, data, affine }));
    }
    const labels = ["background", "inner", "outer"].map((name, n) => ({ name, codes: [n] }));
    await writeText(`${folder}/cases.json`, { labels, cases });

    const seen = await inspectFolder(folder, { threads: 2, sheet: `${folder}/sheet.png` });
    assertEquals(seen.layout, "folder");
    assertEquals(seen.cases.length, cases.length);
    const told = (id: string) => textsOf(seen, id);
    assertEquals(told("P1"), []);
    assertEquals(told("codes").length, 1);
    assert(/^!Cannot use .*codes_l.nii: label values 3, 7 are none of/.test(told("codes")[0]!));
    assertEquals(told("empty"), [`${at("empty_l")}: no voxel has a label`]);
    assertEquals(told("hole").length, 2);
    assert(/^!.*hole_i.nii: 1 of its 24 voxels are not finite/.test(told("hole")[0]!));
    assert(/^!.*hole_l.nii: label value 9 is none/.test(told("hole")[1]!));
    assertEquals(told("absent").length, 1);
    assert(/^!.*absent_i.nii/.test(told("absent")[0]!));
    assert(/^!.*frames_i.nii: it holds 3 volumes/.test(told("frames")[0]!));
    assert(/^!.*text_i.nii/.test(told("text")[0]!));
    assert(/^!.*moved_l.nii: its affine puts it up to 9.00 mm/.test(told("moved")[0]!));
    const ofAll = textsOf(seen, undefined);
    assert(
      ofAll.includes(`the same voxels are ${at("P1_i")} and ${at("twin_i")}`),
      ofAll.join("\n"),
    );
    assert(ofAll.some((text) => text.startsWith("the names of subjects P1, p01 differ")));
    assert(ofAll.some((text) => /point RAS in \d+, LAS in 1 \(turned\)/.test(text)));
    assertEquals(ofAll.filter((text) => text.includes("no file")), []);
    assertEquals(seen.notices.filter((text) => text.includes("P1, p01")), []);
    assert(seen.problems.every(({ advice }) => advice !== ""));
    // What is wrong with some says nothing of the others.
    assertEquals(seen.trainable, false);
    assertEquals(seen.training!.fingerprint.cases, 5);
    const [first] = seen.cases;
    assertEquals(first!.grid, {
      ...{ shape: [4, 3, 2], spacing: [1, 1, 2], orientation: "RAS" },
      ...{ sliceAxis: 2, sliceDirection: "S" },
    });
    assertEquals(first!.intensities, [{ min: 0, mean: 18 / 24, max: 7 }]);
    assertEquals(first!.volumes, { inner: 0.002, outer: 0.002 });
    assertEquals(
      (await Deno.readFile(`${folder}/sheet.png`)).slice(1, 4),
      new Uint8Array([
        ...new TextEncoder().encode("PNG"),
      ]),
    );
  }));

Deno.test("inspectFolder() looks at every channel, in files or frames", () =>
  inFolder(async (folder) => {
    const cases = [];
    for (const n of [1, 2, 3, 4]) {
      await writeVoxels(`${folder}/files/a${n}.nii`, n, 2);
      if (n !== 3) await writeVoxels(`${folder}/files/b${n}.nii`, n, 3);
      await writeVoxels(`${folder}/files/l${n}.nii`, 1);
      cases.push(`a${n}.nii,b${n}.nii,l${n}.nii,s${n}`);
    }
    const volume = { data: new Float32Array(12).fill(1).fill(2, 6), shape: [2, 3, 2] } as const;
    const small = imageOf({ ...volume, affine: scalingAffine([1, 1, 2]) });
    await writeNifti(`${folder}/files/b2.nii`, small);
    const rows = ["image_T1,image_T2,label,subject", ...cases];
    await writeText(`${folder}/files/cases.csv`, rows.join("\n"));
    const files = await inspectFolder(`${folder}/files`);
    assertEquals(files.task!.channels, [{ name: "T1" }, { name: "T2" }]);
    assertEquals(files.cases[0]!.intensities.map(({ max }) => max), [2, 3]);
    const wrong = (id: string) => textsOf(files, id);
    assertEquals([wrong("s1"), wrong("s4")], [[], []]);
    assert(/^!.*b2.nii: its shape is 2 x 3 x 2/.test(wrong("s2").join()), wrong("s2").join());
    assertEquals(wrong("s3").length, 1);
    assert(wrong("s3")[0]!.includes("b3.nii"));

    const training = [1, 2].map((n) => ({ image: `i${n}.nii`, label: `l${n}.nii` }));
    for (const n of [1, 2]) {
      await writeFrames(`${folder}/frames/i${n}.nii`, ...[5, 6, 7].slice(0, n + 1));
      await writeVoxels(`${folder}/frames/l${n}.nii`, 1);
    }
    const list = { modality: { 0: "A", 1: "B" }, labels: { 0: "background", 1: "x" }, training };
    await writeText(`${folder}/frames/dataset.json`, list);
    const frames = await inspectFolder(`${folder}/frames`);
    assertEquals(frames.layout, "decathlon");
    const errors = frames.problems.filter(({ severity }) => severity === "error");
    assertEquals(errors.length, 1);
    assert(/i2.nii: it has 3 channels, wanted 2: A, B/.test(errors[0]!.text), errors[0]!.text);
  }));

Deno.test("inspectFolder() goes on where labels that nothing names cannot all be read", () =>
  inFolder(async (folder) => {
    for (const n of [1, 2, 3, 4]) {
      await writeVoxels(`${folder}/i${n}.nii`, n);
      await writeVoxels(`${folder}/l${n}.nii`, 1, 0, 1);
    }
    await Deno.writeTextFile(`${folder}/l2.nii`, "no label");
    const rows = [1, 2, 3, 4, 5].map((n) => `i${n}.nii,l${n}.nii,s${n}`);
    await writeText(`${folder}/cases.csv`, ["image,label,subject", ...rows].join("\n"));
    const { cases, problems, trainable, task } = await inspectFolder(folder);
    assertEquals(cases.map(({ id }) => id), ["s1", "s2", "s3", "s4", "s5"]);
    assertEquals(cases.map(({ grid }) => grid !== undefined), [true, true, true, true, false]);
    assertEquals(task!.labels.map(({ codes }) => codes[0]), [0, 1]);
    const files = (problem: Problem) => problem.files.map((file) => file.slice(folder.length + 1));
    assertEquals(problems.map(files), [["l2.nii"], ["i5.nii"], ["l5.nii"]]);
    assertEquals(trainable, false);
  }));

Deno.test("inspectFolder() says what auto would choose, and that training would begin", () =>
  inFolder(async (folder) => {
    await writePhantom(folder, { sites: ["A"], subjects: 3, seed: 1 });
    const seen = await inspectFolder(`${folder}/A`, { threads: 2 });
    assertEquals([seen.layout, seen.trainable, seen.cases.length], ["mnms", true, 6]);
    assertEquals(seen.problems.filter(({ severity }) => severity === "error"), []);
    const { preparation, estimate } = seen.training!;
    assertEquals(preparation.size.height % 16, 0);
    assertEquals([estimate.batchSize, estimate.threads], [8, 2]);
    assert(estimate.secondsPerStep > 0 && estimate.bytes.step > 0 && estimate.bytes.cases > 0);
    // Two subjects cannot be divided into three parts.
    await Deno.remove(`${folder}/A/A002`, { recursive: true });
    await Deno.remove(`${folder}/A/A001`, { recursive: true });
    const few = await inspectFolder(`${folder}/A`);
    assertEquals(few.trainable, false);
    assertEquals(few.problems.filter(({ severity }) => severity === "error").length, 1);
  }));

Deno.test("inspectFolder() tells of DICOM series, and of files that are no data set", () =>
  inFolder(async (folder) => {
    const gap = stack(5, 0, { number: 4, description: "T1" }).toSpliced(3, 1);
    await writeSlices(`${folder}/dicom/a`, gap);
    await writeSlices(`${folder}/dicom/b`, stack(3, 9, { number: 5, series: "1.2.9" }));
    const dicom = await inspectFolder(`${folder}/dicom`, { sheet: `${folder}/d.png` });
    assertEquals([dicom.layout, dicom.trainable], ["dicom", false]);
    assertEquals(dicom.cases.map(({ id, grid }) => [id, grid!.shape]), [
      ["series 4", [4, 3, 4]],
      ["series 5", [4, 3, 3]],
    ]);
    assert(dicom.problems.some(({ text }) => text.includes("1 slice seems to be missing")));
    assertEquals(dicom.problems.filter(({ severity }) => severity === "error").length, 1);

    await writeVoxels(`${folder}/loose/x/a.nii`, 1, 2);
    await Deno.writeTextFile(`${folder}/loose/b.nii`, "no image");
    await writeSlices(`${folder}/loose/dicom`, stack(2, 9));
    const loose = await inspectFolder(`${folder}/loose`);
    assertEquals([loose.layout, loose.trainable], ["files", false]);
    assertEquals(loose.cases.map(({ grid }) => grid?.shape), [undefined, [4, 3, 2], [4, 3, 2]]);
    assert(loose.problems.some(({ text }) => text.includes("b.nii")));

    await Deno.mkdir(`${folder}/nothing`);
    for (const name of ["nothing", "nowhere"]) {
      const { trainable, problems: [problem] } = await inspectFolder(`${folder}/${name}`);
      assertEquals(trainable, false);
      assert(problem!.text.includes(`${folder}/${name}`), problem!.text);
    }
    await assertRejects(
      () => inspectFolder(folder, { layout: "none" as "acdc" }),
      RangeError,
      'no layout is named "none"',
    );
  }));
