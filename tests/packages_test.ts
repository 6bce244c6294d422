/** What a fresh machine has to fetch before the command line says anything. */
import { assert, assertEquals } from "./deps.ts";
import { moduleGraph } from "./module_graph.ts";
import { inFolder } from "./imaging/data/tiny_heart.ts";

const ROOT = new URL("../", import.meta.url);
const { packages } = await moduleGraph(new URL("cli/main.ts", ROOT));

/** Deno looks through links, so that a cache of links would be no cache of its own. */
async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    await (isDirectory ? copyFolder : Deno.copyFile)(`${from}/${name}`, `${to}/${name}`);
  }
}

Deno.test("the command line runs on 33 packages", () => {
  // One more is one more download for everybody: raise the count with a reason.
  assertEquals(packages.size, 33, [...packages.keys()].join(" "));
  const tools = /tfjs@|jax|onnx|puppeteer|assemblyscript|binaryen|fast-check|vega/;
  assertEquals([...packages.keys()].filter((name) => tools.test(name)), []);
});

Deno.test("a machine that has these packages and no others trains, by the lock", () =>
  inFolder(async (folder) => {
    for (const path of packages.values()) {
      await copyFolder(path, `${folder}/cache/npm/${path.slice(path.indexOf("registry.npmjs."))}`);
    }
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--cached-only", "--frozen", "cli/main.ts", "train", "--max-steps", "1"],
        ...["--threads", "1", "--set", "data.size=32", "--set", "data.spacing=8"],
        ...["--set", "phantom.subjects=3", "--set", "phantom.otherSubjects=0"],
        ...["--set", "training.batchSize=2", "--set", "evaluation.artifacts=false"],
        ...["--set", "model.baseWidth=2", "--set", `output.dir=${folder}/run`],
      ],
      cwd: ROOT,
      env: { DENO_DIR: `${folder}/cache`, NO_COLOR: "1" },
    }).output();
    const said = new TextDecoder().decode(stderr);
    assertEquals(code, 0, said);
    assert(!/Warning|Download/.test(said), said);
  }));
