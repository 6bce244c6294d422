import { assert, assertAlmostEquals, assertEquals, assertRejects } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { TaskMismatchError } from "../../../lib/base/task/translate_task.ts";
import type { Voxels } from "../../../lib/base/volume/volume.ts";
import { readNifti, readNiftiFrames } from "../../../lib/formats/nifti/read_nifti.ts";
import { savePostprocessing } from "../../../lib/formats/run_folder/postprocessing.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { connectedComponents } from "../../../lib/imaging/components/connected_components.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import {
  BatchError,
  predictFiles,
  type PredictOptions,
  type PredictProgress,
} from "../../../lib/workflows/runs/predict_files.ts";
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

Deno.test("predictFiles() writes probabilities that add to 1, as they are or in whole numbers", () =>
  withRun(async ({ dir, data, out }) => {
    const predict = async (probabilities: "float32" | "uint16") =>
      (await Array.fromAsync(
        predictFiles(dir, {
          ...{ input: data, output: `${out}/${probabilities}`, probabilities, restoreSegmenter },
        }),
      ))[0]!;
    const [exact, whole] = [await predict("float32"), await predict("uint16")];
    assertEquals(exact.maps, {
      probabilities: `${out}/float32/B000/B000_sa_ED_probabilities.nii.gz`,
    });
    const [a, b] = [
      await readNiftiFrames(exact.maps!.probabilities!),
      await readNiftiFrames(whole.maps!.probabilities!),
    ];
    assertEquals([a.header.datatype, b.header.datatype], ["float32", "uint16"]);
    assertEquals([a.volumes.length, b.volumes.length], [4, 4]);
    const labels = await readNifti(exact.output);
    assertEquals(a.volumes[0]!.affine, labels.volume.affine);
    for (let n = 0; n < labels.volume.data.length; n += 7) {
      for (const { volumes } of [a, b]) {
        assertAlmostEquals(volumes.reduce((sum, map) => sum + map.data[n]!, 0), 1, 1e-6);
      }
      volumesOf(a).forEach((map, c) =>
        assertAlmostEquals(map.data[n]!, b.volumes[c]!.data[n]!, 4e-5)
      );
    }
    assertEquals((await readNifti(whole.output)).volume.data, labels.volume.data);
  }));

const volumesOf = ({ volumes }: { readonly volumes: readonly { readonly data: Voxels }[] }) =>
  volumes;

Deno.test("predictFiles() says how sure the networks are, and which volumes to look at", () =>
  withRun(async ({ dir, data, out }) => {
    const notices: string[] = [];
    const predict = (more: Partial<PredictOptions> = {}) =>
      Array.fromAsync(
        predictFiles(dir, {
          ...{ input: data, output: out, uncertainty: true, restoreSegmenter, ...more },
          onNotice: (line) => void notices.push(line),
        }),
      );
    const [first] = await predict();
    assert(notices.join().includes("no thresholds of a validation are saved"), notices.join());
    assertEquals(first!.flags, { entropy: 0.5, disagreement: 0, raised: [] });
    for (const path of Object.values(first!.maps!)) {
      assertEquals(
        (await readNifti(path)).volume.shape,
        (await readNifti(first!.output)).volume.shape,
      );
    }
    const flags = (threshold: number) => ({
      entropy: { threshold, auroc: null },
      disagreement: { threshold: 0.5, auroc: null },
    });
    const network = { labels: [], bad: 0, flags: flags(0.4) };
    await savePostprocessing(`${dir}/postprocessing.json`, {
      ...{ step: 1, cases: 1, connectivity: 26, badDice: 0.7 },
      networks: { ftn: network, stn: network },
    });
    const [again] = await predict({ overwrite: true });
    assertEquals(again!.flags!.raised, ["entropy"]);
    assertEquals(
      await Deno.readTextFile(`${out}/flags.csv`),
      [
        "output,entropy,entropyThreshold,disagreement,disagreementThreshold,look",
        "B000/B000_sa_ED.nii.gz,0.5,0.4,0,0.5,entropy",
        "B000/B000_sa_ES.nii.gz,0.5,0.4,0,0.5,entropy",
        "",
      ].join("\n"),
    );
    await Deno.writeTextFile(`${out}/flags.csv`, "mine\n1\n");
    await assertRejects(() => predict({ overwrite: true }), OutputPathError, "no table of flags");
    assertEquals(await Deno.readTextFile(`${out}/flags.csv`), "mine\n1\n");
  }));

Deno.test("predictFiles() goes by what validation saved, unless it is told otherwise", () =>
  withRun(async ({ dir, data, out }) => {
    const flags = { entropy: { threshold: null, auroc: null } };
    const label = { dice: 1, largestDice: 1, inPieces: 0 };
    const { task } = JSON.parse(await Deno.readTextFile(`${dir}/data.json`)) as RunData;
    const names = task.labels.slice(1).map(({ name }) => name);
    const network = {
      labels: names.map((name, n) => ({ ...label, name, keepLargest: n === 0 })),
      ...{ bad: 0, flags },
    };
    const save = (step: number) =>
      savePostprocessing(`${dir}/postprocessing.json`, {
        ...{ step, cases: 1, connectivity: 6, badDice: 0.7 },
        networks: { ftn: network, stn: network },
      });
    const input = `${data}/B000/B000_sa_ED.nii.gz`;
    let notices: string[] = [];
    const predict = async (more: Partial<PredictOptions> = {}) => {
      notices = [];
      const [written] = await Array.fromAsync(
        predictFiles(dir, {
          ...{ input, output: out, overwrite: true, restoreSegmenter, ...more },
          onNotice: (line) => void notices.push(line),
        }),
      );
      return (await readNifti(written!.output)).volume;
    };
    const plain = await predict();
    const pieces = (volume: typeof plain, of: number) =>
      connectedComponents({ ...volume, data: Uint8Array.from(volume.data) }, 6).classes
        .filter((own) => own === of).length;
    assert(pieces(plain, 1) > 1 && pieces(plain, 2) > 1);
    await save(1);
    const cleaned = await predict();
    assertEquals([pieces(cleaned, 1), pieces(cleaned, 2)], [1, pieces(plain, 2)]);
    assert(
      notices.join().includes(`of ${names[0]} the largest piece alone is kept`),
      notices.join(),
    );
    assertEquals((await predict({ postprocess: false })).data, plain.data);
    const other = await predict({ keepLargest: [names[1]!], connectivity: 6 });
    assertEquals([pieces(other, 1), pieces(other, 2)], [pieces(plain, 1), 1]);
    await assertRejects(() => predict({ keepLargest: ["none"] }), ConfigError, "no label is named");
    await assertRejects(() => predict({ minVolume: -1 }), ConfigError, "minVolume is -1 ml");
    await save(7);
    assertEquals((await predict()).data, plain.data);
    assert(notices.join().includes("is of the weights of step 7"), notices.join());
    await Deno.writeTextFile(`${dir}/postprocessing.json`, "null");
    await assertRejects(() => predict(), RunFolderError, "postprocessing.json");
  }));

Deno.test("predictFiles() refuses flips that the training did not show, before it writes", () =>
  withRun(async ({ dir, data, out }) => {
    const input = `${data}/B000/B000_sa_ED.nii.gz`;
    const predict = (testTime: "none" | "flips" | "rot90") =>
      Array.fromAsync(predictFiles(dir, { input, output: out, restoreSegmenter, testTime }));
    const path = `${dir}/config.json`;
    const config = JSON.parse(await Deno.readTextFile(path));
    const trained = (augmentation: string) =>
      Deno.writeTextFile(
        path,
        JSON.stringify({ ...config, data: { ...config.data, augmentation } }),
      );
    await trained("upright");
    for (const testTime of ["flips", "rot90"] as const) {
      await assertRejects(() => predict(testTime), ConfigError, "data.augmentation=upright");
    }
    assert(!await exists(out));
    assertEquals((await predict("none")).length, 1);
    await Deno.remove(out, { recursive: true });
    await trained("turned");
    assertEquals((await predict("flips")).length, 1);
  }));

Deno.test("predictFiles() averages runs of one task, and refuses others", () =>
  withRun(async ({ dir, data, out }) =>
    await withRun(async (second) => {
      const input = `${data}/B000/B000_sa_ED.nii.gz`;
      const predict = async (dirs: string[]) => {
        const [written] = await Array.fromAsync(
          predictFiles(dirs, {
            ...{ input, output: out, overwrite: true, probabilities: "float32", restoreSegmenter },
          }),
        );
        return (await readNiftiFrames(written!.maps!.probabilities!)).volumes;
      };
      await changeData(second.dir, (own) => ({
        ...own,
        preparation: { ...own.preparation, spacing: 4, sliceAxis: 0 },
      }));
      const [a, b] = [await predict([dir]), await predict([second.dir])];
      const mean = await predict([dir, second.dir]);
      mean.forEach(({ data }, c) => {
        for (let n = 0; n < data.length; n += 11) {
          assertAlmostEquals(data[n]!, (a[c]!.data[n]! + b[c]!.data[n]!) / 2, 1e-6);
        }
      });
      await changeData(second.dir, (own) => ({ ...own, geometry: "qform" }));
      await assertRejects(() => predict([dir, second.dir]), TaskMismatchError, "different ways");
      await changeData(second.dir, (own) => ({
        ...own,
        task: { ...own.task, labels: own.task.labels.toReversed() },
      }));
      await assertRejects(() => predict([dir, second.dir]), TaskMismatchError, "Cannot average");
    })
  ));

Deno.test("predictFiles() passes over what is there, and makes what is left of an ended batch", () =>
  withRun(async ({ dir, data, out }) => {
    const notices: string[] = [], done: PredictProgress[] = [];
    const predict = () =>
      Array.fromAsync(
        predictFiles(dir, {
          ...{ input: data, output: out, skipExisting: true, uncertainty: true, restoreSegmenter },
          onNotice: (line) => void notices.push(line),
          onProgress: (progress) => void done.push(progress),
        }),
      );
    const [first, second] = await predict();
    assertEquals(done.at(-1), { done: 2, total: 2, secondsLeft: 0 });
    await Deno.remove(second!.output);
    const before = (await Deno.stat(first!.output)).mtime;
    assertEquals((await predict()).map(({ output }) => output), [second!.output]);
    assert(notices.includes("passed over 1 images whose segmentations are there"));
    assertEquals((await Deno.stat(first!.output)).mtime, before);
    assertEquals(await predict(), []);
    // a segmentation without its map may have been corrected by hand
    await Deno.writeTextFile(first!.output, "corrected");
    await Deno.remove(first!.maps!.entropy!);
    assertEquals(await predict(), []);
    assertEquals(await Deno.readTextFile(first!.output), "corrected");
    assert(notices.at(-1)!.startsWith("1 of them are without maps that are asked for"));
    assertEquals((await Deno.readTextFile(`${out}/flags.csv`)).trim().split("\n").length, 3);
  }));

Deno.test("predictFiles() ends a batch when it is told to, and keeps what is written", () =>
  withRun(async ({ dir, data, out }) => {
    const stop = new AbortController();
    const run = async () => {
      for await (
        const _ of predictFiles(dir, {
          ...{ input: data, output: out, restoreSegmenter, signal: stop.signal },
          onProgress: ({ done }) => {
            if (done >= 1) stop.abort(new DOMException("stopped", "AbortError"));
          },
        })
      ) { /* the first is written */ }
    };
    await assertRejects(run, DOMException, "stopped");
    assertEquals(await exists(`${out}/B000/B000_sa_ED.nii.gz`), true);
    assertEquals(await exists(`${out}/B000/B000_sa_ES.nii.gz`), false);
  }));

Deno.test("predictFiles() goes on after a file that it cannot read, in its class", () =>
  withRun(async ({ dir, data, out }) => {
    const bad = `${data}/B000/B000_sa_ED.nii.gz`;
    await Deno.writeTextFile(bad, "no NIfTI");
    const written: string[] = [];
    const run = async () => {
      const options = { input: data, output: out, restoreSegmenter };
      for await (const { output } of predictFiles(dir, options)) written.push(output);
    };
    const error = await assertRejects(run, BatchError, "Cannot segment 1 of 2 images");
    assertEquals((error as BatchError).failures.map(({ input }) => input), [bad]);
    assertEquals(written, [`${out}/B000/B000_sa_ES.nii.gz`]);
  }));
