/** Tandem imported from a server, by a script in an empty folder that knows nothing but the URL. */
import { assert, assertEquals } from "./deps.ts";
import project from "../deno.json" with { type: "json" };
import { moduleGraph } from "./module_graph.ts";
import { inFolder } from "./imaging/data/tiny_heart.ts";

const ROOT = new URL("../", import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  ts: "application/typescript",
  json: "application/json",
  wasm: "application/wasm",
};

/** Serves the files of this repository on loopback. */
function serveRepository() {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async ({ url }) => {
    const { pathname } = new URL(url);
    try {
      const body = await Deno.readFile(new URL(`.${pathname}`, ROOT));
      const type = TYPES[pathname.split(".").at(-1)!] ?? "application/octet-stream";
      return new Response(body, { headers: { "content-type": type } });
    } catch {
      return new Response("not found", { status: 404 });
    }
  });
}

const training = (origin: string) => `
import { resolveConfig, startRun, TrainingEvents } from "${origin}/mod.ts";

const config = await resolveConfig({
  set: ["data.size=32", "data.spacing=8", "model.baseWidth=2", "output.dir=run"],
  flags: {
    phantom: { subjects: 3, otherSubjects: 0 },
    evaluation: { artifacts: false },
    training: { batchSize: 8, maxSteps: 2, threads: 2 },
  },
});
const losses: number[] = [];
const events = new TrainingEvents().on("step", (event) => void losses.push(event.losses.totalLoss));
const { reason } = await startRun(config, { events });
console.log(JSON.stringify({ reason, steps: losses.filter(Number.isFinite).length }));
`;

/** A cache without modules of an earlier server, but with the packages that are there. */
async function emptyCache(folder: string): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { npmCache } = JSON.parse(new TextDecoder().decode(stdout));
  await Deno.mkdir(`${folder}/cache`);
  await Deno.symlink(npmCache, `${folder}/cache/npm`);
  return `${folder}/cache`;
}

/** Runs a script in an empty folder, with a server at hand; gives what it prints, as JSON. */
async function run(
  script: (origin: string) => string,
  after?: (work: string) => void,
): Promise<unknown> {
  let said: unknown;
  await inFolder(async (folder) => {
    const cache = await emptyCache(folder), work = `${folder}/work`;
    await Deno.mkdir(work);
    const server = serveRepository();
    try {
      const origin = `http://127.0.0.1:${server.addr.port}`;
      await Deno.writeTextFile(`${work}/script.ts`, script(origin));
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--quiet", "script.ts"],
        cwd: work,
        env: { DENO_DIR: cache, NO_COLOR: "1" },
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const { code, stdout, stderr } = await child.output();
      assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
      after?.(work);
      said = JSON.parse(new TextDecoder().decode(stdout));
    } finally {
      await server.shutdown();
    }
  });
  return said;
}

Deno.test("mod.ts imported by URL trains two steps, and the script ends by itself", async () => {
  const said = await run(training, (work) => {
    const left = [...Deno.readDirSync(work)].map(({ name }) => name).sort();
    assertEquals(left, ["run", "script.ts"]);
  });
  assertEquals(said, { reason: "max-steps", steps: 2 });
});

/** Something that each path of the package gives: an expression of its module `m`, and its value. */
const GIVEN: Readonly<Record<string, readonly [string, unknown]>> = {
  "./artifacts": [`m.findArtifact("noise").mode`, "physical"],
  "./dicom": [`m.isDicom(new Uint8Array(132))`, false],
  "./metrics": [`m.dice([0, 1, 1], [0, 1, 0], 1)`, 2 / 3],
  "./nifti": [`m.parseNifti(new Uint8Array(4), "x") `, "NiftiError"],
  "./notebook": [`m.showSeverities({})`, "TypeError"],
  "./stats": [`m.median([3, 1, 2])`, 2],
  "./study": [`m.STUDY_PRESETS.smoke.seeds`, [0]],
  "./training": [`m.parseConfig({ training: { seed: 3 } }).training.seed`, 3],
  "./wasm": [`typeof m.startBackend`, "function"],
};

Deno.test("every path of the package can be imported by URL, by itself", async () => {
  const paths = Object.entries(project.exports).filter(([path]) => path !== ".");
  assertEquals(paths.map(([path]) => path), Object.keys(GIVEN));
  const script = (origin: string) =>
    `const said: unknown[] = [];` +
    paths.map(([path, file]) => `
      {
        const m = await import("${origin}/${file.slice(2)}");
        try { said.push(${GIVEN[path]![0]}); } catch (error) { said.push((error as Error).name); }
      }`).join("") + `\nconsole.log(JSON.stringify(said));`;
  assertEquals(await run(script), Object.values(GIVEN).map(([, value]) => value));
});

Deno.test("DICOM is read by a script that knows but the URL", async () => {
  const script = (origin: string) => `
    import { readDicomVolume } from "${origin}/lib/formats/dicom/mod.ts";
    import { stack, writeSlices } from "${origin}/tests/formats/dicom/dicom_file.ts";
    await writeSlices("scan", stack(3, 7));
    const { volume } = await readDicomVolume("scan");
    console.log(JSON.stringify([volume.shape, volume.data[0]]));
  `;
  assertEquals(await run(script), [[4, 3, 3], 7]);
});

for (const path of ["./artifacts", "./dicom", "./metrics", "./nifti", "./stats"] as const) {
  Deno.test(`${path} loads no tensors`, async () => {
    const { modules, packages } = await moduleGraph(
      new URL(`../${project.exports[path]}`, import.meta.url),
    );
    assert(modules.size > 5);
    const tensors = [...modules, ...packages.keys()].filter((name) =>
      /tfjs|lib\/(learning|workflows)|wasm\/(?!grid)/.test(name)
    );
    assertEquals(tensors, []);
  });
}
