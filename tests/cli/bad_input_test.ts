/** Bad input ends with one line that names the file or key, its exit code, and nothing half-written. */
import { gzipSync } from "node:zlib";
import { assertEquals, assertStringIncludes } from "../deps.ts";
import { main } from "../../cli/main.ts";
import { imageOf } from "../../lib/formats/nifti/nifti_image.ts";
import { encodeNifti } from "../../lib/formats/nifti/encode_nifti.ts";
import { writeNifti } from "../../lib/formats/nifti/write_nifti.ts";
import { multiplyAffines, scalingAffine } from "../../lib/base/volume/affine.ts";
import { inFolder, tinyHeart, writeHeart } from "../imaging/data/tiny_heart.ts";
import { tandem, tandemOnFullDisk, TINY } from "./run_tandem.ts";

const { image, label } = tinyHeart();

/** Two subjects of the layout mnms; damage is done to `p0`. */
async function withSubjects(run: (data: string, dir: string) => Promise<void>): Promise<void> {
  await inFolder(async (dir) => {
    for (const subject of ["p0", "p1"]) {
      for (const frame of ["ED", "ES"]) {
        await writeHeart(`${dir}/data/${subject}`, `${subject}_sa_${frame}`);
      }
    }
    await run(`${dir}/data`, dir);
  });
}

/** The exit code and what was said of a command run in this process. */
async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const { error, log } = console, said: string[] = [];
  console.error = (text: string) => void said.push(text);
  console.log = () => {};
  try {
    return { code: await main(args), said: said.join("\n") };
  } finally {
    Object.assign(console, { error, log });
  }
}

/** Fails unless training on the data ends with one line that holds all texts, and leaves nothing. */
async function refused(
  { data, dir, exit = 3 }: { data: string; dir: string; exit?: number },
  ...texts: string[]
): Promise<void> {
  const before = [...Deno.readDirSync(dir)].length;
  const parts = ["--set", "data.validationFraction=0.5", "--set", "data.testFraction=0"];
  const { code, said } = await run(
    ...[
      "train",
      "--data",
      data,
      "--layout",
      "mnms",
      ...TINY,
      ...parts,
      "--out",
      `${dir}/run`,
      "--cache",
      "none",
    ],
  );
  assertEquals(code, exit, said);
  // The division of the subjects is told before their voxels are read.
  assertEquals(said.split("\n").length, 1, said);
  for (const text of texts) assertStringIncludes(said, text);
  assertEquals([...Deno.readDirSync(dir)].length, before);
}

const at = (data: string, name: string) => `${data}/p0/p0_sa_${name}.nii.gz`;

Deno.test("train refuses a truncated or corrupt gzip file", () =>
  withSubjects(async (data, dir) => {
    const path = at(data, "ED"), whole = await Deno.readFile(path);
    await Deno.writeFile(path, whole.subarray(0, whole.length >> 1));
    await refused({ data, dir }, path);
    await Deno.writeFile(path, whole.map((byte, i) => i > 40 && i < 60 ? ~byte : byte));
    await refused({ data, dir }, path);
  }));

Deno.test("train refuses a file with a wrong magic, and one of four dimensions", () =>
  withSubjects(async (data, dir) => {
    const path = at(data, "ES"), bytes = encodeNifti(image);
    bytes.set([0x6e, 0x6f, 0x21, 0], 344);
    await Deno.writeFile(path, gzipSync(bytes));
    await refused({ data, dir }, path, "magic");
    const cine = encodeNifti(image), dim = new DataView(cine.buffer, cine.byteOffset + 40, 16);
    dim.setInt16(0, 4, true);
    dim.setInt16(8, 3, true);
    await Deno.writeFile(path, gzipSync(cine));
    await refused({ data, dir }, path, "24 x 20 x 3 x 3");
  }));

Deno.test("train refuses NaN voxels, and label values outside the map", () =>
  withSubjects(async (data, dir) => {
    const holed = imageOf({
      ...image.volume,
      data: image.volume.data.map((v, n) => n === 7 ? NaN : v),
    });
    await writeNifti(at(data, "ED"), holed);
    await refused({ data, dir }, at(data, "ED"), "1 of its");
    await writeNifti(at(data, "ED"), image);
    const strange = { ...label, data: label.data.map((code) => code === 2 ? 7 : code) };
    await writeNifti(at(data, "ED_gt"), imageOf(strange));
    await refused({ data, dir }, at(data, "ED_gt"), "label value 7");
  }));

Deno.test("train refuses an image and a label of different shape or affine", () =>
  withSubjects(async (data, dir) => {
    const path = at(data, "ED_gt");
    await writeNifti(path, imageOf({ ...label, data: label.data.slice(480), shape: [24, 20, 2] }));
    await refused({ data, dir }, path, "shape is 24 x 20 x 2");
    const affine = multiplyAffines(scalingAffine([1, 1, 1], [0, 5, 0]), label.affine);
    await writeNifti(path, imageOf({ ...label, affine }));
    await refused({ data, dir }, path, "5.00 mm");
  }));

Deno.test("train refuses a subject without its ES frame, and an empty folder", () =>
  withSubjects(async (data, dir) => {
    await Deno.remove(at(data, "ES"));
    await refused(
      { data, dir },
      data,
      "p0: the image of its ES frame is missing (p0_sa_ES.nii.gz)",
    );
    await Deno.mkdir(`${dir}/empty`);
    await refused({ data: `${dir}/empty`, dir }, `${dir}/empty`);
  }));

Deno.test("train refuses a configuration file with an unknown key, or one that is none", () =>
  inFolder(async (dir) => {
    const config = `${dir}/c.yaml`, out = ["--out", `${dir}/run`];
    for (
      const [text, ...parts] of [
        ["training:\n  epoch: 3\n", "training.epoch", "did you mean training.epochs?"],
        ["data:\n  size: 100\n", "data.size is 100", "a multiple of 16"],
        ["data: [1\n", config],
      ] as const
    ) {
      await Deno.writeTextFile(config, text);
      const { code, said } = await run("train", "--config", config, ...out);
      assertEquals([code, said.split("\n").length], [2, 1], said);
      for (const part of [config, ...parts]) assertStringIncludes(said, part);
    }
    assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), ["c.yaml"]);
  }));

Deno.test("a run whose checkpoint is of another architecture or broken is refused and kept", () =>
  inFolder(async (dir) => {
    const out = `${dir}/run`, last = `${out}/last.safetensors`;
    const trained = await tandem("train", ...TINY, "--max-steps", "1", "--out", out);
    assertEquals(trained.code, 0, trained.stderr);
    const config = await Deno.readTextFile(`${out}/config.json`);
    await Deno.writeTextFile(
      `${out}/config.json`,
      config.replace(`"baseWidth": 2`, `"baseWidth": 4`),
    );
    const log = await Deno.readTextFile(`${out}/log.jsonl`);
    const commands = [
      ["train", "--resume", out],
      ["predict", "--run", out, "-i", `${dir}/i.nii`, "-o", `${dir}/o.nii`],
    ];
    await writeNifti(`${dir}/i.nii`, image);
    for (const args of commands) {
      const { code, said } = await run(...args);
      assertEquals([code, said.split("\n").length], [3, 1], said);
      assertStringIncludes(said, ".safetensors: its network has model.baseWidth 2, wanted 4");
    }
    await Deno.writeTextFile(`${out}/config.json`, config);
    const whole = await Deno.readFile(last);
    await Deno.writeFile(last, whole.subarray(0, whole.length - 100));
    const { code, said } = await run("train", "--resume", out);
    assertEquals([code, said.split("\n").length], [3, 1], said);
    assertStringIncludes(said, last);
    assertEquals(await Deno.readTextFile(`${out}/log.jsonl`), log);
    assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name).sort(), ["i.nii", "run"]);
  }));

Deno.test("a disk that refuses to write ends a run with 1, and the run can go on", () =>
  inFolder(async (dir) => {
    const out = `${dir}/run`;
    const first = await tandemOnFullDisk(
      "last.safetensors",
      ...["train", ...TINY, "--max-steps", "2", "--out", out],
    );
    assertEquals([first.code, first.stderr.split("\n").length], [1, 1], first.stderr);
    assertStringIncludes(first.stderr, `Cannot write ${out}/last.safetensors: No space left`);
    const names = [...Deno.readDirSync(out)].map(({ name }) => name);
    assertEquals(names.filter((name) => name.startsWith(".") || name.startsWith("last")), []);
    const second = await tandem("train", "--resume", out);
    assertEquals(second.code, 0, second.stderr);
  }));

Deno.test("a folder that cannot be written to ends a command with 1", async () => {
  for (
    const args of [
      ["train", ...TINY, "--out", "/dev/null/run"],
      ["phantom", "-o", "/dev/null/phantom", "--sites", "A", "--subjects", "1"],
    ]
  ) {
    const { code, said } = await run(...args);
    assertEquals([code, said.split("\n").length], [1, 1], said);
    assertStringIncludes(said, "/dev/null/");
  }
});
