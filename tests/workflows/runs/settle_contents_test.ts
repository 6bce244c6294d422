import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../deps.ts";
import { readContents } from "../../../lib/formats/run_folder/contents.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { withVoxels } from "../../../lib/formats/nifti/nifti_image.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { evaluateRun } from "../../../lib/workflows/runs/evaluate_run.ts";
import { resumeRun } from "../../../lib/workflows/runs/resume_run.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { createStepper, inFolder, restoreSegmenter, tinyConfig } from "./tiny_run.ts";

const QUIET = ["output.pictures=false", "evaluation.artifacts=false"];

/** Three subjects of site A as files. */
async function hearts(parent: string): Promise<string> {
  const [data] = await writePhantom(`${parent}/data`, { sites: ["A"], subjects: 3, seed: 0 });
  return data!;
}

/** A run on files, with what it told. */
async function runOn(data: string, dir: string, ...set: string[]) {
  const notices: string[] = [];
  const config = await tinyConfig(dir, ...QUIET, `data.dir=${data}`, "data.layout=mnms", ...set);
  const onNotice = (line: string) => void notices.push(line);
  const result = await startRun(config, { createStepper, onNotice });
  return { ...result, notices };
}

/** The subjects of a run by what they are for. */
const divisionOf = async (dir: string) =>
  JSON.parse(await Deno.readTextFile(`${dir}/division.json`));

/** Writes a subject's images again, under the names of another subject. */
async function copySubject(data: string, from: string, to: string): Promise<void> {
  await Deno.mkdir(`${data}/${to}`, { recursive: true });
  for (const end of ["ED", "ED_gt", "ES", "ES_gt"]) {
    const image = await readNifti(`${data}/${from}/${from}_sa_${end}.nii.gz`);
    // Another datatype and header, the same voxels.
    const voxels = end.endsWith("gt") ? image.volume.data : Float64Array.from(image.volume.data);
    const changed = { ...withVoxels(image, voxels) };
    const header = { ...changed.header, description: "a copy" };
    await writeNifti(`${data}/${to}/${to}_sa_${end}.nii.gz`, { ...changed, header });
  }
}

Deno.test("a run keeps by what its images are known, and evaluateRun() says what it has seen", () =>
  inFolder(async (parent) => {
    const data = await hearts(parent), dir = `${parent}/run`;
    const { evaluation } = await runOn(data, dir);
    assertEquals(evaluation!.seen, []);
    const { train: [train], validation: [validation], test: [test] } = await divisionOf(dir);
    const contents = (await readContents(`${dir}/contents.json`))!;
    assertEquals(new Set(contents.map(({ subject }) => subject)).has(train), true);
    const lines: string[] = [];
    const evaluate = (place: string) =>
      evaluateRun(dir, {
        ...{ data: place, layout: "mnms", restoreSegmenter },
        onNotice: (line) => void lines.push(line),
      });
    const byVoxels = (await evaluate(data)).seen!;
    assertEquals(
      byVoxels.map(({ subject, part }) => [subject, part]).sort(),
      [[train, "train"], [validation, "validation"]].sort(),
    );
    assert(lines.some((line) => line.includes(`trained on ${train}`)), lines.join("\n"));
    // Elsewhere, under other names: what was trained on is the test subject's name now.
    const other = `${parent}/other`;
    await Deno.mkdir(other);
    await Deno.rename(data, `${parent}/kept`);
    for (const [from, to] of [[train, test], [test, train]]) {
      await Deno.mkdir(`${other}/${to}`);
      await copySubject(`${parent}/kept`, from, "X900");
      await Deno.rename(`${parent}/kept/X900`, `${other}/${to}`);
      for (const end of ["ED", "ED_gt", "ES", "ES_gt"]) {
        const at = `${other}/${to}`;
        await Deno.rename(`${at}/X900_sa_${end}.nii.gz`, `${at}/${to}_sa_${end}.nii.gz`);
      }
    }
    assertEquals((await evaluate(other)).seen!.map(({ subject, by, as }) => [subject, by, as]), [
      [test, "voxels", train],
    ]);
    // A run from before there were contents knows names, in its own data set alone.
    await Deno.rename(`${parent}/kept`, data);
    await Deno.remove(`${dir}/contents.json`);
    assertEquals((await evaluate(data)).seen!.map(({ by }) => by), ["name", "name"]);
    assertEquals((await evaluate(other)).seen, []);
    assert(lines.some((line) => line.includes("by their names alone")));
  }));

Deno.test("training says which images are equal, and which classes no label holds", () =>
  inFolder(async (parent) => {
    const data = await hearts(parent);
    await copySubject(data, "A000", "A009");
    for (const subject of ["A000", "A001", "A002", "A009"]) {
      for (const frame of ["ED", "ES"]) {
        const path = `${data}/${subject}/${subject}_sa_${frame}_gt.nii.gz`;
        const image = await readNifti(path);
        const left = Uint8Array.from(image.volume.data, (value) => value === 3 ? 0 : value);
        await writeNifti(path, withVoxels(image, left));
      }
    }
    const { notices, evaluation } = await runOn(data, `${parent}/run`);
    const equal = notices.filter((line) => line.includes("equal images"));
    assertEquals(equal.length, 2, notices.join("\n"));
    assertStringIncludes(equal[0]!, "A000_ED");
    assertStringIncludes(equal[0]!, "A009_ED");
    for (const text of ["no training label holds RV", "no validation label holds RV"]) {
      assert(notices.some((line) => line.includes(text)), text);
    }
    const [set] = Object.values(evaluation!.sets);
    assertEquals(set!.unlabelled, ["RV"]);
  }));

Deno.test("training says how much of the foreground lies outside the crop", () =>
  inFolder(async (parent) => {
    const data = await hearts(parent), set = ["data.spacing=1.5", "data.larger=crop"];
    const { notices } = await runOn(data, `${parent}/run`, ...set);
    const line = notices.find((line) => line.includes("lies outside the crop")) ?? "";
    assertStringIncludes(line, "16 x 16 at 1.5 mm");
    assert(notices.some((line) => line.includes("crop, and is missed")), notices.join("\n"));
    assert(/A00\d_E[DS] \d+\.\d %/.test(line), line);
  }));

Deno.test("a moved data set is gone on with where its voxels are the same", () =>
  inFolder(async (parent) => {
    const data = await hearts(parent), dir = `${parent}/run`, moved = `${parent}/moved`;
    await runOn(data, dir);
    await Deno.rename(data, moved);
    const resume = (data?: string, epochs = 2) =>
      resumeRun(dir, { ...data && { data: { dir: data } }, training: { epochs } }, {
        createStepper,
      });
    const gone = await assertRejects(() => resume(), DatasetError, "not there any more");
    assertStringIncludes(gone.message, `--resume ${dir} --data`);
    const config = async () => JSON.parse(await Deno.readTextFile(`${dir}/config.json`));
    assertEquals((await config()).data.dir, data);
    // The same names, another heart.
    const { train: [train] } = await divisionOf(dir);
    const other = await writePhantom(`${parent}/other`, { sites: ["A"], subjects: 3, seed: 7 });
    await assertRejects(() => resume(other[0]!), RunFolderError, "other voxels");
    assertEquals((await config()).data.dir, data);
    await Deno.rename(`${moved}/${train}`, `${parent}/away`);
    await assertRejects(() => resume(moved), DatasetError, "it holds 2 subjects");
    await Deno.rename(`${parent}/away`, `${moved}/${train}`);
    await resume(moved);
    const { data: { dir: place }, training: { epochs } } = await config();
    assertEquals([place, epochs, (await divisionOf(dir)).source], [moved, 2, moved]);
    await resume(undefined, 3);
  }));
