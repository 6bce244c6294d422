/** What Node users import, run by the Node that is here; nothing is installed for it. */
import { assert, assertEquals } from "../../deps.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { asJavaScript, NODE_MODULES } from "../../../release/npm/build_package.ts";
import { linkPackages } from "../../../release/packages_beside.ts";
import { importedBy, readSources } from "../../../release/sources.ts";
import { inFolder, tinyHeart } from "../../imaging/data/tiny_heart.ts";
import { exportRun } from "../../../lib/workflows/exchange/export_run.ts";
import type { ModelSource } from "../../../lib/workflows/exchange/load_model.ts";
import * as library from "../../../release/node/index.ts";
import { tinyModel } from "../../workflows/exchange/tiny_model.ts";

/** The version of Node here, where it is one that the package asks for. */
async function nodeVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command("node", { args: ["--version"] }).output();
    const [, major, minor] = /^v(\d+)\.(\d+)/.exec(new TextDecoder().decode(stdout)) ?? [];
    const [first, second] = [Number(major), Number(minor)];
    return first === 20 && second >= 16 || first === 22 && second >= 3 || first > 22
      ? `${first}.${second}`
      : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the modules as the package has them, beside links to what they import. */
async function writeModules(folder: string): Promise<void> {
  const sources = await readSources(), wanted = importedBy(sources, NODE_MODULES);
  for (const source of sources) {
    if (!wanted.has(source.path) && !source.path.endsWith(".wasm")) continue;
    const [path, content] = asJavaScript(source, new Map());
    await Deno.mkdir(`${folder}/${path}`.replace(/[^/]*$/, ""), { recursive: true });
    await (typeof content === "string" ? Deno.writeTextFile : Deno.writeFile)(
      `${folder}/${path}`,
      content as never,
    );
  }
  await Deno.writeTextFile(`${folder}/package.json`, '{ "type": "module" }');
  await Deno.writeTextFile(`${folder}/deno.json`, '{ "version": "0" }');
  await linkPackages(folder, NODE_MODULES);
}

/** Runs in Node on the package what runs here on the sources. */
const PROGRAM = `
import { readFile } from "node:fs/promises";
import * as tandem from "./release/node/index.js";
import { work } from "./work.js";
for (const path of JSON.parse(process.argv[2])) await import(path);
console.log(JSON.stringify(await work(tandem, {
  weights: await readFile("model/weights.safetensors"),
  config: await readFile("model/config.json", "utf8"),
})));
`;

/** What Node 20 lacks of the language; its text goes to Node, too. */
async function languageOf(numbers: number[]) {
  const bytes = Uint8Array.from(numbers), { promise, resolve } = Promise.withResolvers<string>();
  resolve(bytes.toHex());
  const refusal = (() => {
    try {
      return Uint8Array.fromHex("0x").length;
    } catch (error) {
      return (error as Error).name;
    }
  })();
  return {
    hex: [...Uint8Array.fromHex(await promise)],
    base64: [bytes.toBase64(), ...Uint8Array.fromBase64(bytes.toBase64())],
    groups: [...Map.groupBy(numbers, (value, at) => value > 16 && at < 2)],
    refusal,
  };
}

/** What both do; its text goes to Node. */
async function work(tandem: typeof library, source: ModelSource, folder = ".") {
  const image = await tandem.readNifti(`${folder}/heart.nii.gz`);
  const { shape, affine, data } = image.volume;
  const volume = { shape, affine, data: Float32Array.from(data) };
  const recipe = { chain: [{ artifact: "ghosting", severity: 3 }, { artifact: "noise" }] } as const;
  const steps = tandem.sampleRecipe(recipe, tandem.RandomStream.fromSeed(7), volume);
  const moved = tandem.applySteps(volume, steps).volume;
  // Node 20 has no relaxed SIMD
  const backend = { threads: 2, relaxedSimd: false };
  const model = await tandem.loadModel(source, { backend });
  const options = { network: "ftn", uncertainty: true } as const;
  const { labels, uncertainty } = await tandem.segmentVolume(model, volume, options);
  model.segmenter.dispose();
  await tandem.writeNifti(`${folder}/out.nii.gz`, tandem.withVoxels(image, labels.data));
  const again = await tandem.readNifti(`${folder}/out.nii.gz`);
  return {
    steps,
    moved: [...moved.data],
    entropy: [...uncertainty!.entropy.data],
    labels: [...labels.data],
    dice: tandem.dice(again.volume.data, labels.data, 0),
    header: { ...again.header, extension: [...again.header.extension] },
    psnr: tandem.psnr(moved.data, volume.data),
    gaps: await languageOf([0, 255, 127, 16]),
    missing: await tandem.readNifti(`${folder}/none.nii`).catch(({ code }) => code),
  };
}

const node = await nodeVersion();

Deno.test({
  name: node
    ? "under Node the package reads, spoils, segments, scores and writes as under Deno"
    : "the package under Node (none here, or one older than 20.16)",
  ignore: node === undefined,
  fn: () =>
    inFolder(async (folder) => {
      await writeModules(folder);
      await tinyModel(`${folder}/run`);
      await exportRun(`${folder}/run`, { output: `${folder}/model/weights.safetensors` });
      await writeNifti(`${folder}/heart.nii.gz`, tinyHeart().image);
      await Deno.writeTextFile(`${folder}/work.js`, `export ${work}\n${languageOf}`);
      await Deno.writeTextFile(`${folder}/program.js`, PROGRAM);
      const entries = NODE_MODULES.map((path) => `./${path.replace(/ts$/, "js")}`);
      const { code, stdout, stderr } = await new Deno.Command("node", {
        args: ["--preserve-symlinks", "program.js", JSON.stringify(entries)],
        cwd: folder,
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      const found = JSON.parse(new TextDecoder().decode(stdout));
      const source = {
        weights: await Deno.readFile(`${folder}/model/weights.safetensors`),
        config: await Deno.readTextFile(`${folder}/model/config.json`),
      };
      const wanted = await work(library, source, folder);
      assert(new Set(wanted.entropy).size > 100);
      assertEquals(wanted.missing, "ENOENT");
      assertEquals(found, JSON.parse(JSON.stringify(wanted)));
    }),
});
