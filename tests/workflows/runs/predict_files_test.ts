import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import { predictFiles } from "../../../lib/workflows/runs/predict_files.ts";
import { type RunData, runDataSchema } from "../../../lib/imaging/data/cases/run_data.ts";
import { readData } from "../../../lib/workflows/runs/settle_data.ts";
import { exists } from "../../../lib/formats/files/exists.ts";
import { openRunFolder } from "../../../lib/workflows/runs/open_run_folder.ts";
import { FakeStepper } from "../../learning/training/fake_stepper.ts";
import { restoreSegmenter, withRun } from "./tiny_run.ts";

Deno.test("predictFiles() writes each volume in the shape and geometry of its file", () =>
  withRun(async ({ dir, data, out }) => {
    const written = await Array.fromAsync(
      predictFiles(dir, { input: data, output: out, restoreSegmenter }),
    );
    assertEquals(written.map(({ output }) => output), [
      `${out}/B000/B000_sa_ED.nii.gz`,
      `${out}/B000/B000_sa_ES.nii.gz`,
    ]);
    for (const { input, output } of written) {
      const [image, labels] = [await readNifti(input), await readNifti(output)];
      assertEquals(labels.volume.shape, image.volume.shape);
      assertEquals(labels.volume.affine, image.volume.affine);
      assert(labels.volume.data.every((code) => [0, 1, 2, 3].includes(code)));
      assert(labels.volume.data.some((code) => code > 0));
    }
  }));

Deno.test("predictFiles() takes the fast-thinking network where it is alone, and says so", () =>
  withRun(async ({ dir, data, out }) => {
    const notices: string[] = [];
    const predict = (more: { network?: "ftn" | "stn" }) =>
      Array.fromAsync(predictFiles(dir, {
        input: data,
        output: out,
        overwrite: true,
        restoreSegmenter: () => Promise.resolve(new FakeStepper(["ftn"])),
        onNotice: (line) => void notices.push(line),
        ...more,
      }));
    await assertRejects(() => predict({ network: "stn" }), ConfigError, "wanted ftn");
    assertEquals((await predict({ network: "ftn" })).length, 2);
    assertEquals(notices.filter((line) => !line.startsWith("read as mnms: ")), []);
    assertEquals((await predict({})).length, 2);
    assert(notices.join().includes("no slow-thinking network"), notices.join());
  }));

Deno.test("predictFiles() takes one file to a path or a folder, and never onto itself", () =>
  withRun(async ({ dir, data, out }) => {
    const input = `${data}/B000/B000_sa_ED.nii.gz`;
    const predict = (output: string, more = {}) =>
      Array.fromAsync(
        predictFiles(dir, { input, output, network: "ftn", restoreSegmenter, ...more }),
      );
    assertEquals(await predict(`${out}/a.nii`), [{ input, output: `${out}/a.nii` }]);
    assertEquals((await predict(out))[0]!.output, `${out}/B000_sa_ED.nii.gz`);
    assertEquals((await predict(`${out}/m.nii`, { layout: "mnms" }))[0]!.output, `${out}/m.nii`);
    await assertRejects(() => predict(input), OutputPathError, input);
    await assertRejects(
      () => predict(out, { input: `${data}/none.nii` }),
      DatasetError,
      "none.nii",
    );
    await assertRejects(
      () => predict(out, { input: `${data}/B000/B000.json` }),
      Error,
      "B000.json",
    );
  }));

Deno.test("predictFiles() takes the list of layout folder, given or in its folder, or an image alone", () =>
  withRun(async ({ dir, data, out }) => {
    const outputs = async (input: string, output = out) =>
      (await Array.fromAsync(
        predictFiles(dir, { input, output, layout: "folder", restoreSegmenter }),
      )).map((written) => written.output);
    const image = `${data}/B000/B000_sa_ED.nii.gz`;
    assertEquals(await outputs(image), [`${out}/B000_sa_ED.nii.gz`]);
    await assertRejects(() => outputs(data), DatasetError, "cases.csv");
    await Deno.writeTextFile(`${data}/cases.csv`, "image\nB000/B000_sa_ED.nii.gz\n");
    const list = `${data}/B000/cases.csv`;
    await Deno.writeTextFile(list, "image\nB000_sa_ES.nii.gz\n");
    assertEquals(await outputs(image, `${out}/one.nii.gz`), [`${out}/one.nii.gz`]);
    assertEquals(await outputs(list), [`${out}/B000_sa_ES.nii.gz`]);
    assertEquals(await outputs(data), [`${out}/B000/B000_sa_ED.nii.gz`]);
  }));

Deno.test("predictFiles() writes neither outside the output nor onto any image or label", () =>
  withRun(async ({ dir, data, out }) => {
    const folder = `${data}/B000`;
    const refuse = async (input: string, output: string, text: string) =>
      await assertRejects(
        () =>
          Array.fromAsync(predictFiles(dir, { input, output, layout: "folder", restoreSegmenter })),
        OutputPathError,
        text,
      );
    const [ed, es] = ["B000_sa_ED", "B000_sa_ES"];
    await Deno.writeTextFile(
      `${folder}/cases.csv`,
      `image,label\n${ed}.nii.gz,${ed}_gt.nii.gz\n${es}.nii.gz,${es}_gt.nii.gz\n`,
    );
    const before = await Deno.readFile(`${folder}/${ed}_gt.nii.gz`);
    await refuse(`${folder}/${ed}.nii.gz`, `${folder}/${ed}.nii.gz`, ed);
    for (const input of [folder, `${folder}/cases.csv`]) await refuse(input, folder, ed);
    // An image beside its label in another folder, as if both were one name apart.
    await Deno.mkdir(`${folder}/labels`);
    await Deno.copyFile(`${folder}/${ed}_gt.nii.gz`, `${folder}/labels/${ed}.nii.gz`);
    await Deno.writeTextFile(
      `${folder}/cases.csv`,
      `image,label\n${ed}.nii.gz,labels/${ed}.nii.gz\n`,
    );
    await refuse(folder, `${folder}/labels`, `labels/${ed}.nii.gz`);
    assertEquals(await Deno.readFile(`${folder}/${ed}_gt.nii.gz`), before);
    await Deno.mkdir(`${data}/lists`);
    await Deno.writeTextFile(`${data}/lists/cases.csv`, `image\n../B000/${ed}.nii.gz\n`);
    await refuse(`${data}/lists`, `${out}/inner`, "lies outside");
    await refuse(`${data}/lists/cases.csv`, `${out}/inner`, "lies outside");
    assertEquals(await exists(out), false);
  }));

/** Has the run know other things of its data. */
async function changeData(dir: string, change: (data: RunData) => RunData): Promise<void> {
  const { folder, config } = await openRunFolder(dir);
  const changed = runDataSchema.parse(change(await readData(folder, config)));
  await Deno.writeTextFile(folder.data, JSON.stringify(changed));
}

Deno.test("predictFiles() turns a lone file as the run's own were, or as the layout's that is told", () =>
  withRun(async ({ dir, data, out }) => {
    const input = `${data}/B000/B000_sa_ED.nii.gz`;
    const seen = async (more: { layout?: "mnms" | "acdc" } = {}) => {
      let images = new Float32Array();
      const stepper = new FakeStepper(), segment = stepper.segment.bind(stepper);
      stepper.segment = (stack, request) => {
        images = stack.images.slice();
        return segment(stack, request);
      };
      const options = {
        ...{ input, output: out, overwrite: true },
        restoreSegmenter: () => Promise.resolve(stepper),
      };
      await Array.fromAsync(predictFiles(dir, { ...options, ...more }));
      return images;
    };
    const plain = await seen();
    const same = (images: Float32Array) => images.every((value, n) => value === plain[n]);
    await changeData(dir, (own) => ({
      ...own,
      turn: { transpose: true, flipI: false, flipJ: true },
    }));
    assertEquals(same(await seen()), false);
    assertEquals(same(await seen({ layout: "mnms" })), true);
  }));

Deno.test("predictFiles() writes the run's codes for a lone file", () =>
  withRun(async ({ dir, data, out }) => {
    await changeData(dir, (own) => ({
      ...own,
      task: {
        labels: [[0], [500, 2], [1], [70]].map((codes, n) => ({ name: `label ${n}`, codes })),
        channels: [{ name: "MRI" }],
      },
    }));
    const input = `${data}/B000/B000_sa_ED.nii.gz`, output = `${out}/a.nii.gz`;
    await Array.fromAsync(predictFiles(dir, { input, output, restoreSegmenter }));
    const { data: codes } = (await readNifti(output)).volume;
    assertEquals([...new Set(codes)].sort((a, b) => a - b), [0, 1, 70, 500]);
  }));
