import { assertEquals, assertRejects } from "../../deps.ts";
import { createRunFolder, makeNextRunDir } from "../../../lib/formats/run_folder/run_folder.ts";
import { RunExistsError } from "../../../lib/formats/run_folder/run_folder_error.ts";

const MODULE = new URL("../../../lib/formats/run_folder/run_folder.ts", import.meta.url).href;

/** What processes say that run some code at the same moment. */
async function atOnce(count: number, code: (n: number) => string): Promise<string[]> {
  const at = Date.now() + 1500;
  const said = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      new Deno.Command(Deno.execPath(), {
        args: [
          "eval",
          "--no-check",
          `import { createRunFolder, makeNextRunDir } from ${JSON.stringify(MODULE)};
         while (Date.now() < ${at}) await new Promise((resolve) => setTimeout(resolve, 1));
         ${code(n)}`,
        ],
      }).output()),
  );
  return said.map(({ stdout }) => new TextDecoder().decode(stdout).trim());
}

Deno.test("createRunFolder() of two processes at once: one wins, and the configuration is its own", async () => {
  const parent = await Deno.makeTempDir();
  try {
    const rounds = 40;
    const said = await atOnce(2, (n) =>
      `for (let round = 0; round < ${rounds}; round++) {
        const dir = ${JSON.stringify(parent)} + "/" + round;
        try { await createRunFolder(dir, { by: ${n} }); console.log("won"); }
        catch (error) { console.log(error.name); }
      }`);
    const [first, second] = said.map((text) => text.split("\n"));
    for (let round = 0; round < rounds; round++) {
      assertEquals([first![round], second![round]].sort(), ["RunExistsError", "won"]);
      const winner = first![round] === "won" ? 0 : 1;
      const dir = `${parent}/${round}`;
      assertEquals(JSON.parse(await Deno.readTextFile(`${dir}/config.json`)), { by: winner });
      assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), ["config.json"]);
    }
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

Deno.test("makeNextRunDir() gives each of several processes a number of its own", async () => {
  const parent = await Deno.makeTempDir();
  try {
    const said = await atOnce(
      4,
      () => `console.log(await makeNextRunDir(${JSON.stringify(parent)}))`,
    );
    assertEquals(said.sort(), ["001", "002", "003", "004"].map((name) => `${parent}/${name}`));
    assertEquals(await makeNextRunDir(parent), `${parent}/005`);
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

Deno.test("createRunFolder() begins no run where it would replace files, and takes none of them away", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/data.json`, "mine");
    await Deno.writeTextFile(`${dir}/metrics.csv`, "mine");
    const create = () => createRunFolder(dir, {});
    await assertRejects(create, RunExistsError, "it holds data.json, metrics.csv");
    assertEquals([...Deno.readDirSync(dir)].length, 2);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
