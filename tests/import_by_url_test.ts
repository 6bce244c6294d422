/** Tandem imported from a server, by a script in an empty folder that knows nothing but the URL. */
import { assertEquals } from "./deps.ts";
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

const script = (origin: string) => `
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

Deno.test("mod.ts imported by URL trains two steps, and the script ends by itself", () =>
  inFolder(async (folder) => {
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
      const said = JSON.parse(new TextDecoder().decode(stdout));
      assertEquals(said, { reason: "max-steps", steps: 2 });
      assertEquals([...Deno.readDirSync(work)].map(({ name }) => name).sort(), [
        ...["run", "script.ts"],
      ]);
    } finally {
      await server.shutdown();
    }
  }));
