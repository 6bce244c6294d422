import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../deps.ts";
import { cornerDistance, multiplyAffines } from "../../../lib/base/volume/affine.ts";
import { applyToFile } from "../../../lib/workflows/artifact_files/apply_to_file.ts";
import { ArtifactRequestError } from "../../../lib/workflows/artifact_files/request_error.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { findArtifact } from "../../../lib/imaging/artifacts/registry.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { assertGolden, goldenCase, goldenInput } from "../../imaging/artifacts/golden.ts";
import { smallCase } from "../../imaging/artifacts/small_case.ts";
import { inFolder } from "./small_dataset.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { fullDisk } from "../../full_disk.ts";

/** A folder with a volume and its label. */
function withFiles(run: (dir: string, input: string, label: string) => Promise<void>) {
  return inFolder(async (dir) => {
    const { volume, label } = smallCase();
    await writeNifti(`${dir}/v.nii.gz`, imageOf(volume, "small"));
    await writeNifti(`${dir}/l.nii.gz`, imageOf(label, "label"));
    await run(dir, `${dir}/v.nii.gz`, `${dir}/l.nii.gz`);
  });
}

const names = (dir: string) => [...Deno.readDirSync(dir)].map(({ name }) => name).sort();

Deno.test("applyToFile() takes the parameters of a golden case as they stand", () =>
  inFolder(async (dir) => {
    for (const [id, artifact] of [["spike_v1_a", "spike"], ["ghost_v1_a", "ghosting"]] as const) {
      const golden = goldenCase(id);
      await writeNifti(`${dir}/in.nii`, imageOf(goldenInput(golden.input)));
      const output = `${dir}/${id}.nii.gz`;
      await applyToFile({
        artifact,
        mode: "torchio",
        input: `${dir}/in.nii`,
        output,
        params: golden.params,
      });
      const { volume, header } = await readNifti(output);
      assertEquals(header.datatype, "float32");
      assertGolden(golden, volume as typeof volume & { data: Float32Array });
    }
  }));

Deno.test("applyToFile() draws by severity and seed, and tells what it drew", () =>
  withFiles(async (dir, input) => {
    const apply = (output: string, more: object) =>
      applyToFile({ artifact: "motion", input, output: `${dir}/${output}`, ...more });
    const first = await apply("a.nii", { severity: 3, seed: 7 });
    await apply("b.nii", { severity: 3, seed: 7 });
    await apply("c.nii", { severity: 3, seed: 8 });
    await apply("d.nii", { params: JSON.parse(JSON.stringify(first.params)) });
    const bytes = (name: string) => Deno.readFileSync(`${dir}/${name}.nii`).join();
    assertEquals([bytes("b"), bytes("d")], [bytes("a"), bytes("a")]);
    assert(bytes("c") !== bytes("a"));
    assert(first.before.mean > 0 && first.after.mean !== first.before.mean);
  }));

Deno.test("applyToFile() draws with given options above those of the severity", () =>
  withFiles(async (dir, input) => {
    const apply = (output: string, more: object) =>
      applyToFile({ artifact: "RandSpike", input, output: `${dir}/${output}`, ...more });
    const { params } = await apply("a.nii", { severity: 3, options: { output: "magnitude" } });
    const graded = await apply("b.nii", { severity: 3 });
    assertEquals(params, { ...graded.params as object, output: "magnitude" });
    assertEquals((params as { peak: string }).peak, "largest-real");
  }));

Deno.test("applyToFile() takes the same slices at another time from a file of their own", () =>
  withFiles(async (dir, input) => {
    const { volume, context: { otherFrame } } = smallCase();
    await writeNifti(`${dir}/other.nii`, imageOf(otherFrame));
    await writeNifti(`${dir}/elsewhere.nii`, imageOf(smallCase([24, 20, 4]).volume));
    const apply = (otherFrame: string) =>
      applyToFile({
        ...{ artifact: "mistriggering", severity: 4, input, output: `${dir}/out.nii` },
        otherFrame: `${dir}/${otherFrame}`,
      });
    await assertRejects(() => apply("elsewhere.nii"), DatasetError, "its shape is 24 x 20 x 4");
    await assertRejects(() => apply("none.nii"), DatasetError, "no such file");
    const { params } = await apply("other.nii");
    const wanted = findArtifact("mistriggering").apply(volume, params, { otherFrame });
    assertEquals((await readNifti(`${dir}/out.nii`)).volume.data, wanted.data);
  }));

Deno.test("applyToFile() moves the label where the anatomy moves, and keeps it otherwise", () =>
  withFiles(async (dir, input, label) => {
    const apply = (artifact: string) => {
      const labelOutput = `${dir}/${artifact}_l.nii.gz`, output = `${dir}/${artifact}.nii.gz`;
      return applyToFile({ artifact, input, output, label, labelOutput, severity: 5 });
    };
    await apply("bias");
    await apply("misregistration");
    const voxels = async (path: string) => (await readNifti(path)).volume.data.join();
    assertEquals(await voxels(`${dir}/bias_l.nii.gz`), await voxels(label));
    assert(await voxels(`${dir}/misregistration_l.nii.gz`) !== await voxels(label));
  }));

Deno.test("applyToFile() rescales and rounds when asked to, never by itself", () =>
  withFiles(async (dir, input) => {
    const params = { order: 0, coefficients: [Math.log(100)] };
    const apply = async (name: string, more: object) => {
      const output = `${dir}/${name}.nii`;
      await applyToFile({ artifact: "bias", mode: "torchio", input, output, params, ...more });
      return (await readNifti(output)).volume.data;
    };
    const plain = await apply("plain", {}), whole = await apply("whole", { dtype: "int16" });
    assert(Math.max(...plain) > 80);
    assertEquals(whole.constructor, Int16Array);
    assertEquals([...whole], [...plain].map(Math.round));
    assertEquals(Math.max(...await apply("volume", { rescale: "volume" })), 1);
    const slices = await apply("slice", { rescale: "slice" });
    for (const k of [0, 1, 2]) assertEquals(Math.max(...slices.slice(480 * k, 480 * k + 480)), 1);
  }));

Deno.test("applyToFile() refuses wrong wishes and leaves nothing behind", () =>
  withFiles(async (dir, input, label) => {
    const refuse = async (text: string, wish: object) => {
      const given = { artifact: "ghosting", mode: "torchio", input, output: `${dir}/o.nii.gz` };
      const run = () => applyToFile({ ...given, ...wish } as Parameters<typeof applyToFile>[0]);
      await assertRejects(run, ArtifactRequestError, text);
      assertEquals(names(dir), ["l.nii.gz", "v.nii.gz"]);
    };
    const params = { num_ghosts: 4, axis: 0, intensity: 0.5 };
    await refuse("did you mean ghosting", { artifact: "gosting" });
    await refuse("it exists in mode physical", { artifact: "gibbs" });
    await refuse("num_ghosts is -1", { params: { ...params, num_ghosts: -1 } });
    await refuse("axis is 3", { params: { ...params, axis: 3 } });
    await refuse('intensity is "much"', { params: { ...params, intensity: "much" } });
    await refuse("axis is missing", { params: { num_ghosts: 4, intensity: 1 } });
    await refuse("amount is none of its parameters (num_ghosts, axis, intensity", {
      params: { amount: 3 },
    });
    await refuse("severity is 6", { severity: 6 });
    await refuse('no option is named "axis"; did you mean axes?', { options: { axis: [0] } });
    await refuse("axes", { options: { axes: [3] } });
    await refuse("it exists", { output: label });
    await refuse("it is the input", { output: input, overwrite: true });
    await refuse("wants a label", { labelOutput: `${dir}/lo.nii.gz` });
    await refuse("same file", { label, labelOutput: `${dir}/o.nii.gz` });
    await refuse("in .nii or .nii.gz", { output: `${dir}/o.png` });
    await refuse("it needs a label map", { artifact: "flow", mode: "physical" });
    await refuse("another frame", { artifact: "mistriggering", mode: "physical" });
    await refuse("leaves the volume", {
      artifact: "swap",
      params: { patch_size: [4, 4, 4], locations: [[[0, 0, 0], [1, 1, 1]]] },
    });
  }));

Deno.test("applyToFile() takes names from elsewhere, with the settings that they stand for", () =>
  withFiles(async (dir, input) => {
    const made = await applyToFile({ artifact: "RandSpike", input, output: `${dir}/a.nii` });
    assertEquals([made.mode, made.artifact], ["torchio", "spike"]);
    assertEquals((made.params as { peak: string }).peak, "largest-real");
    const plain = await applyToFile({ artifact: "RandomSpike", input, output: `${dir}/b.nii` });
    assertEquals((plain.params as { peak: string }).peak, "running");
  }));

Deno.test("applyToFile() moves a label that is stored another way round to the same place", () =>
  withFiles(async (dir, input, label) => {
    const { volume } = await readNifti(label), [ni, nj, nk] = volume.shape;
    const data = Uint8Array.from(volume.data, (_, o) => {
      const [i, j, k] = [o % ni, Math.floor(o / ni) % nj, Math.floor(o / ni / nj)];
      return volume.data[(ni - 1 - i) + ni * ((nj - 1 - j) + nj * k)]!;
    });
    const turn = [-1, 0, 0, ni - 1, 0, -1, 0, nj - 1, 0, 0, 1, 0, 0, 0, 0, 1];
    const affine = multiplyAffines(volume.affine, turn);
    assertEquals(nk, 3);
    await writeNifti(`${dir}/other_way.nii`, imageOf({ ...volume, data, affine }));
    for (const [artifact, mode] of [["flow", "physical"], ["elastic", "torchio"]] as const) {
      const run = async (path: string, name: string) => {
        const [output, labelOutput] = [`${dir}/${name}.nii`, `${dir}/${name}_l.nii`];
        const codes = { labelCodes: { layout: "mnms" } } as const;
        const files = { input, output, label: path, labelOutput, overwrite: true };
        const wish = { artifact, mode, ...files, ...codes };
        const { notes } = await applyToFile(wish);
        const [image, moved] = [await readNifti(output), await readNifti(labelOutput)];
        return { notes, image: image.volume, moved: moved.volume };
      };
      const plain = await run(label, "plain"), turned = await run(`${dir}/other_way.nii`, "turned");
      assertEquals(turned.image.data, plain.image.data);
      assertEquals([...turned.moved.data], [...plain.moved.data]);
      const apart = cornerDistance(turned.moved.affine, plain.moved.affine, volume.shape);
      assert(apart < 1e-4, `${apart} mm apart`);
      assertEquals([plain.notes.length, turned.notes.length], [0, 1]);
      assert(turned.notes[0]!.includes("another order"));
    }
    const away = volume.affine.map((value, n) => n === 3 ? value + 40 : value);
    await writeNifti(`${dir}/away.nii`, imageOf({ ...volume, affine: away }));
    const wish = { artifact: "bias", input, output: `${dir}/o.nii`, label: `${dir}/away.nii` };
    await assertRejects(() => applyToFile(wish), DatasetError, "puts it up to 40.00 mm from");
  }));

Deno.test("applyToFile() reads a label by the codes of a layout or of roles", () =>
  withFiles(async (dir, input, label) => {
    const { volume } = await readNifti(label);
    const recode = async (name: string, codes: readonly number[]) => {
      const data = Uint8Array.from(volume.data, (code) => codes[code]!);
      await writeNifti(`${dir}/${name}.nii`, imageOf({ ...volume, data }));
      return `${dir}/${name}.nii`;
    };
    const voxels = async (path: string, wish: object) => {
      const output = `${dir}/o.nii`, given = { artifact: "flow", input, output, overwrite: true };
      await applyToFile({ ...given, label: path, ...wish });
      return (await readNifti(output)).volume.data;
    };
    const want = await voxels(label, { labelCodes: { layout: "mnms" } });
    const acdc = await recode("acdc", [0, 3, 2, 1]), own = await recode("own", [0, 7, 9, 7]);
    assertEquals(await voxels(acdc, { labelCodes: { layout: "acdc" } }), want);
    assertEquals(await voxels(own, { labelCodes: { roles: { blood: [7, 40] } } }), want);
    // scaled files store 0.99998 for 1
    const scaled = Float32Array.from((await readNifti(own)).volume.data, (v) => v * 0.99999);
    await writeNifti(`${dir}/scaled.nii`, imageOf({ ...volume, data: scaled }));
    const roles = { labelCodes: { roles: { blood: [7] } } };
    assertEquals(await voxels(`${dir}/scaled.nii`, roles), want);
    const wish = { artifact: "flow", input, output: `${dir}/p.nii`, label: own };
    const half = scaled.map((value) => value / 2);
    await writeNifti(`${dir}/half.nii`, imageOf({ ...volume, data: half }));
    await assertRejects(
      () => applyToFile({ ...wish, ...roles, label: `${dir}/half.nii` }),
      DatasetError,
      "wanted a whole number",
    );
    const unheld = { labelCodes: { roles: { blood: [5] } } };
    const nothing = await applyToFile({ ...wish, ...unheld, output: `${dir}/q.nii` });
    assertEquals(nothing.notes, [`no voxel of ${own} is blood (5)`]);
    const muscle = { ...wish, labelCodes: { roles: { muscle: [9] } } };
    await assertRejects(() => applyToFile(muscle), ArtifactRequestError, "the role blood; there");
    await assertRejects(
      () => applyToFile({ ...wish, labelCodes: { layout: "mnms" } }),
      DatasetError,
      "label values 7, 9 are none of its codes",
    );
    const { notes } = await applyToFile({ ...wish, label });
    assertEquals(notes, [
      `the codes of ${label} are taken as those of mnms (1 LV, 2 MYO, 3 RV); where they are others, ` +
      "--layout acdc (3 LV, 2 MYO, 1 RV) or --role says so, as --role blood=1,3 --role muscle=2",
    ]);
  }));

Deno.test("applyToFile() keeps dark dark in negative voxels, and says how", () =>
  withFiles(async (dir, input) => {
    const { volume } = await readNifti(input);
    const data = Float32Array.from(volume.data, (value) => value - 0.5);
    await writeNifti(`${dir}/z.nii`, imageOf({ ...volume, data }));
    const apply = async (name: string, path: string) => {
      const output = `${dir}/${name}.nii`;
      const { notes } = await applyToFile({ artifact: "ghosting", input: path, output });
      return { notes, data: (await readNifti(output)).volume.data as Float32Array };
    };
    const made = await apply("a", `${dir}/z.nii`);
    assert(made.notes[0]!.includes("is negative, -0.48"), made.notes[0]);
    assert(Math.min(...made.data) < -0.3);
    assertEquals((await apply("b", input)).notes, []);
  }));

Deno.test("applyToFile() says where an artifact has units that the file has not", () =>
  inFolder(async (dir) => {
    const { volume } = smallCase(), input = `${dir}/scan.nii`;
    const notesOf = async (factor: number, artifact: string) => {
      const data = volume.data.map((value) => factor * value);
      await writeNifti(input, imageOf({ ...volume, data }));
      const options = { artifact, mode: "torchio", severity: 5, input } as const;
      const output = `${dir}/out.nii`;
      return (await applyToFile({ ...options, output, overwrite: true })).notes;
    };
    assertEquals(await notesOf(1, "noise"), []);
    assertStringIncludes((await notesOf(1000, "noise"))[0]!, "made for 0 to 1; ");
    assertEquals(await notesOf(1000, "blur"), []);
  }));

Deno.test("applyToFile() leaves no volume where its label cannot be written", () =>
  withFiles(async (dir, input, label) => {
    const labelOutput = `${dir}/none.nii`;
    const given = { artifact: "bias", input, output: `${dir}/o.nii`, label, labelOutput };
    {
      using _full = fullDisk("none.nii");
      await assertRejects(() => applyToFile(given), NiftiError, labelOutput);
    }
    assertEquals(names(dir), ["l.nii.gz", "v.nii.gz"]);
    const below = { ...given, labelOutput: `${input}/l.nii` };
    await assertRejects(() => applyToFile(below), WriteError, `${input} is no folder`);
    assertEquals(names(dir), ["l.nii.gz", "v.nii.gz"]);
  }));

Deno.test("applyToFile() refuses bad data and leaves nothing behind", () =>
  withFiles(async (dir, input, label) => {
    const { volume } = smallCase();
    const spoilt = { ...volume, data: volume.data.slice().fill(Infinity, 25, 26) };
    await writeNifti(`${dir}/spoilt.nii`, imageOf(spoilt));
    const { header } = imageOf(volume);
    const nowhere = { ...header, sformCode: 0, pixdim: [1, 1, Infinity, 1, 0, 0, 0, 0] };
    await writeNifti(`${dir}/nowhere.nii`, { ...imageOf(volume), header: nowhere });
    const other = smallCase([24, 20, 2]).label;
    await writeNifti(`${dir}/other.nii`, imageOf(other));
    await writeNifti(
      `${dir}/codes.nii`,
      imageOf({ ...volume, data: Uint8Array.from(volume.data).fill(7) }),
    );
    await Deno.writeTextFile(`${dir}/text.nii`, "no volume");
    const before = names(dir);
    const refuse = async (
      error: typeof NiftiError | typeof DatasetError,
      text: string,
      wish: object,
    ) => {
      const codes = { labelCodes: { layout: "mnms" } } as const;
      const given = { artifact: "flow", input, label, output: `${dir}/o.nii.gz`, ...codes };
      await assertRejects(() => applyToFile({ ...given, ...wish }), error, text);
      assertEquals(names(dir), before);
    };
    await refuse(NiftiError, "spoilt.nii: 1 of its 1440 voxels are not finite", {
      input: `${dir}/spoilt.nii`,
    });
    await refuse(NiftiError, "its affine has determinant", { input: `${dir}/nowhere.nii` });
    await refuse(NiftiError, "text.nii", { input: `${dir}/text.nii` });
    await refuse(DatasetError, "no such file", { input: `${dir}/none.nii` });
    await refuse(DatasetError, "its shape is 24 x 20 x 2", { label: `${dir}/other.nii` });
    await refuse(DatasetError, "label value 7 is none of its codes", { label: `${dir}/codes.nii` });
    const overflow = { artifact: "bias", mode: "torchio", dtype: "uint8" };
    const params = { order: 0, coefficients: [9] };
    await refuse(NiftiError, "wanted a whole number from 0 to 255", { ...overflow, params });
  }));
