/** The archive of the npm package, installed where nothing else is, and set to work without network. */
import { ts } from "../deps.ts";
import { dirname, join } from "../../lib/base/deps/std.ts";
import { z } from "../../lib/base/deps/zod.ts";
import { type ProgramOutput, runProgram } from "../run_program.ts";
import { ROOT } from "../sources.ts";

/** What `node_program.ts` tells. */
const toldSchema = z.object({
  node: z.string(),
  threads: z.literal(2),
  relaxedSimd: z.boolean(),
  same: z.literal(true),
  psnr: z.number().min(5).max(60),
  dice: z.literal(1),
  oneModule: z.literal(true),
  /** The share of voxels that the command line segmented alike. */
  agreement: z.number(),
});

/** Rounding differs where there is no relaxed SIMD, which near ties between classes show. */
const LEAST_AGREEMENT = 0.98;

/** The smallest training that there is. */
const TRAIN = "--max-steps 2 --threads 1 --set data.size=32 --set data.spacing=8 " +
  "--set training.batchSize=2 --set evaluation.artifacts=false --set model.baseWidth=2 " +
  "--set output.pictures=false";

/**
 * Installs the archive in an empty folder, checks the types of a small program and runs it under Node, and
 * runs train, export and predict of its command line; all but the installation without network.
 *
 * @param archive The path of the archive.
 * @param say Is told what was done, a line each.
 * @throws {Error} If something of it fails.
 */
export async function checkPackage(archive: string, say: (line: string) => void): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "tandem-npm-" });
  try {
    await runProgram("npm", [
      ...["install", "--prefix", folder, "--prefer-offline", "--no-audit", "--no-fund"],
      archive,
    ], { cwd: folder });
    say(`installed in an empty folder: ${Math.round(await sizeOf(folder) / 1e6)} MB`);
    await writeProgram(folder);
    say("its types fit a program");
    const cut = await withoutNetwork();
    say(cut.note);
    const run = (name: string, ...args: string[]) =>
      runProgram(cut.before[0] ?? name, [
        ...cut.before.slice(1),
        ...cut.before.length ? [name] : [],
        ...args,
      ], {
        cwd: folder,
        env: { ...cut.env, DENO_DIR: join(folder, "deno") },
      });
    const tandem = (words: string) =>
      run("node", "node_modules/@tandem/tandem/bin/tandem.js", ...words.split(" "));
    await tandem("phantom -o data --sites A --subjects 3 --seed 1");
    const { scan, data } = await firstScan(folder);
    await tandem(`train --data ${data} --out run ${TRAIN}`);
    await tandem("export run -o model/weights.safetensors");
    await tandem(`predict --run run -i ${scan} -o labels.nii.gz --threads 1 --network ftn`);
    say("its command line trains, exports and predicts");
    const told = toldSchema.parse(JSON.parse(
      (await run("node", "program.mjs", scan, "model", "labels.nii.gz", "own.nii.gz")).stdout,
    ));
    if (told.agreement < LEAST_AGREEMENT) {
      throw new Error(`Node and the command line agree on ${told.agreement} of the voxels only`);
    }
    const percent = (100 * told.agreement).toFixed(2);
    say(`Node ${told.node} runs the program, and segments ${percent} % of the voxels alike`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes the program as JavaScript, its types checked with those of the installed package. */
async function writeProgram(folder: string): Promise<void> {
  const text = await Deno.readTextFile(new URL("release/npm/node_program.ts", ROOT));
  const path = join(folder, "program.mts").replaceAll("\\", "/");
  await Deno.writeTextFile(path, text);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2024.d.ts", "lib.dom.d.ts"],
    types: [],
    strict: true,
    skipLibCheck: true,
  };
  // of Node no types are installed
  await Deno.writeTextFile(join(folder, "node.d.mts"), NODE_TYPES);
  const program = ts.createProgram(
    [path, join(folder, "node.d.mts").replaceAll("\\", "/")],
    options,
  );
  const errors = ts.getPreEmitDiagnostics(program);
  if (errors.length > 0) {
    throw new Error(ts.formatDiagnostics(errors, {
      getCurrentDirectory: () => folder,
      getCanonicalFileName: (name) => name,
      getNewLine: () => "\n",
    }));
  }
  const { outputText } = ts.transpileModule(text, { compilerOptions: options, fileName: path });
  await Deno.writeTextFile(join(folder, "program.mjs"), outputText);
}

const NODE_TYPES = `declare module "node:fs/promises" {
  export function readFile(path: string): Promise<Uint8Array>;
  export function readFile(path: string, encoding: "utf8"): Promise<string>;
}
declare const process: { readonly argv: readonly string[]; readonly version: string };
`;

/** How programs run without network: in a namespace of their own that has none, or by a proxy that is none. */
async function withoutNetwork() {
  const dead = "http://127.0.0.1:9";
  const env = { HTTP_PROXY: dead, HTTPS_PROXY: dead, NO_PROXY: "", npm_config_offline: "true" };
  const before = ["unshare", "--map-root-user", "--net"];
  const cut: ProgramOutput | undefined = await runProgram(before[0]!, [...before.slice(1), "true"])
    .catch(() => undefined);
  return cut === undefined
    ? { before: [], env, note: "from here on by a proxy that does not answer" }
    : { before, env, note: "from here on in a namespace without network" };
}

/** The first volume below data, and the data set that it is of, from the folder on. */
async function firstScan(folder: string): Promise<{ scan: string; data: string }> {
  const found: string[] = [];
  const look = async (dir: string) => {
    for await (const { name, isDirectory } of Deno.readDir(join(folder, dir))) {
      if (isDirectory) await look(`${dir}/${name}`);
      else if (/(?<!_gt)\.nii\.gz$/.test(name)) found.push(`${dir}/${name}`);
    }
  };
  await look("data");
  const [scan] = found.sort();
  if (scan === undefined) throw new Error("the phantom holds no volume");
  return { scan, data: dirname(dirname(scan)) };
}

async function sizeOf(dir: string): Promise<number> {
  let bytes = 0;
  for await (const { name, isDirectory, isFile } of Deno.readDir(dir)) {
    const path = join(dir, name);
    if (isDirectory) bytes += await sizeOf(path);
    else if (isFile) bytes += (await Deno.stat(path)).size;
  }
  return bytes;
}
