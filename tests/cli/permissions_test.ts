/** The commands of SECURITY.md run with the permissions that it names, and no more. */
import { assert, assertEquals } from "../deps.ts";
import { inFolder, writeHeart } from "../imaging/data/tiny_heart.ts";
import { TINY } from "./run_tandem.ts";

const ROOT = new URL("../../", import.meta.url);

/** The commands of the document, in their order. */
async function commands(): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("SECURITY.md", ROOT));
  return [...text.matchAll(/^deno run (?:.*\\\n)*.*$/gm)]
    .map(([command]) => command.replaceAll(/\\\n\s*/g, "").slice("deno ".length));
}

async function packages(): Promise<{ denoDir: string; npmCache: string }> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("the commands of SECURITY.md need no more permissions than it names", () =>
  inFolder(async (dir) => {
    const { denoDir, npmCache } = await packages();
    const data = `${dir}/hearts`;
    for (const subject of ["A000", "A001", "A002"]) {
      for (const frame of ["ED", "ES"]) {
        await writeHeart(`${data}/${subject}`, `${subject}_sa_${frame}`);
      }
    }
    await Deno.copyFile(`${data}/A000/A000_sa_ED.nii.gz`, `${data}/scan.nii.gz`);
    for (const name of ["RUNS", "OUT"]) await Deno.mkdir(`${dir}/${name}`);
    const all = await commands();
    assertEquals(all.length, 4);
    for (const command of all) {
      assert(!/-A|--allow-(all|net|run|ffi)/.test(command), command);
      const placed = command
        .replaceAll("PACKAGES", npmCache)
        .replaceAll("$HOME", dir)
        .replaceAll("DATA", data)
        .replaceAll(/\b(RUNS|OUT)\b/g, `${dir}/$1`)
        .split(/\s+/);
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [...placed, ...(placed.includes("train") ? [...TINY, "--max-steps", "1"] : [])],
        cwd: new URL(".", ROOT),
        env: { NO_COLOR: "1", HOME: dir, XDG_CACHE_HOME: "", DENO_DIR: denoDir },
        stdout: "null",
        stderr: "piped",
      }).output();
      assertEquals(code, 0, `${command}: ${new TextDecoder().decode(stderr)}`);
    }
    const made = ["RUNS/first", "RUNS/second", "OUT/suite", ".cache/tandem/prepared"];
    for (const path of made) assert((await Deno.stat(`${dir}/${path}`)).isDirectory, path);
    assert((await Deno.stat(`${dir}/OUT/scan.nii.gz`)).isFile);
  }));
