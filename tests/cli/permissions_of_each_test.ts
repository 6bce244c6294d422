/** Each command does its work with the permissions that its help names, and no more. */
import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { main } from "../../cli/main.ts";
import { PERMISSIONS, permissionText } from "../../cli/permissions.ts";
import { stack, writeSlices } from "../formats/dicom/dicom_file.ts";
import { inFolder, writeHeart } from "../imaging/data/tiny_heart.ts";
import { TINY } from "./run_tandem.ts";

const ROOT = new URL("../../", import.meta.url);

const STUDY = [
  ...["--methods", "standard,full", "--seeds", "0", "--max-steps", "1"],
  ...["data.size=32", "data.spacing=8", "model.baseWidth=2", "training.batchSize=4"],
  ...["data.validationFraction=0.34", "data.testFraction=0.34", "evaluation.artifacts=false"],
].flatMap((part) => part.includes("=") ? ["--set", part] : [part]);

const ONE = "DATA/site/A000/A000_sa_ED.nii.gz";

/** Words of each command, in an order in which each finds what it needs. */
const WORDS: readonly (readonly string[])[] = [
  ["phantom", "-o", "OUT/phantom", "--sites", "A", "--subjects", "1"],
  ["train", "--data", "DATA/site", ...TINY, "--max-steps", "1", "--out", "RUNS/first"],
  ["train", "--data", "DATA/site", ...TINY, "--max-steps", "1", "--out", "RUNS/second"],
  ["evaluate", "--run", "RUNS/first", "--data", "DATA/site", "-o", "OUT/e.json"],
  ["predict", "--run", "RUNS/first", "-i", ONE, "-o", "OUT/scan.nii.gz"],
  ["predict", "--run", "RUNS/first", "-i", "DATA/site", "--layout", "mnms", "-o", "OUT/many"],
  ["postprocess", "RUNS/first"],
  ["view", "RUNS/first"],
  ["site", "RUNS/first", "-o", "OUT/site"],
  ["export", "RUNS/first", "-o", "OUT/model.onnx"],
  ["export", "RUNS/first", "-o", "OUT/weights.safetensors"],
  ["import", "OUT/weights.safetensors", "-o", "RUNS/again"],
  ["card", "RUNS/first"],
  ["compare", "RUNS/first", "RUNS/second", "-o", "OUT/c.json"],
  ["report", "RUNS/first"],
  [
    ...["challenge", "--suite", "chen2021", "--data", "DATA/one"],
    ...["--layout", "mnms", "-o", "OUT/challenge", "--threads", "1", "--run", "RUNS/first"],
    ...["--model", "OUT/model.onnx"],
  ],
  ["study", "--data", "DATA/site", ...STUDY, "--out", "STUDIES/one", "--threads", "1"],
  ["study", "--data", "DATA/site", ...STUDY, "--out", "STUDIES/two", "--engine", "none"],
  ["study", "jobs", "STUDIES/two"],
  ["study", "status", "STUDIES/two"],
  ["study", "cancel", "STUDIES/two"],
  ["study", "run", "STUDIES/two", "full-seed0", "--threads", "1"],
  ["settings"],
  ["inspect", "DATA/site", "--sheet", "OUT/sheet.png"],
  ["init", "DATA/site", "-o", "OUT/tandem.yaml"],
  ["convert", "DATA/dicom", "-o", "OUT/nifti"],
  [
    ...["artifacts", "suite", "-i", "DATA/site", "--layout", "mnms", "-o", "OUT/suite"],
    ...["--repeats", "1", "--threads", "2"],
  ],
  ["artifacts", "replay", "OUT/suite/manifest.json", "-o", "OUT/again"],
  ["artifacts", "apply", "noise", "-i", ONE, "-o", "OUT/noisy.nii.gz"],
  ["artifacts", "show", "noise", "-o", "OUT/noise.png"],
  ["artifacts", "list"],
  ["cache"],
  ["doctor", "--threads", "1"],
  ["completions", "bash"],
];

const nameOf = (words: readonly string[]) =>
  Object.hasOwn(PERMISSIONS, words.slice(0, 2).join(" ")) ? words.slice(0, 2).join(" ") : words[0]!;

async function packages(): Promise<{ denoDir: string; npmCache: string }> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Ends a command once it tells an address, which answers. */
async function served(command: Deno.Command): Promise<{ code: number; stderr: Uint8Array }> {
  const child = command.spawn();
  const stderr = new Response(child.stderr).bytes();
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const [url] = /http:\S+/.exec(text) ?? [];
    if (url === undefined) continue;
    assertEquals((await (await fetch(`${url}model.json`)).json()).name, "first");
    child.kill("SIGINT");
  }
  return { code: (await child.status).code, stderr: await stderr };
}

Deno.test("each command needs no more permissions than its help names", () =>
  inFolder(async (dir) => {
    const { denoDir, npmCache } = await packages();
    const folders = ["DATA", "RUNS", "STUDIES", "OUT", "CACHE"];
    for (const name of folders) await Deno.mkdir(`${dir}/${name}`);
    for (const [name, subjects] of [["site", 3], ["one", 1]] as const) {
      for (let n = 0; n < subjects; n++) {
        for (const frame of ["ED", "ES"]) {
          await writeHeart(`${dir}/DATA/${name}/A00${n}`, `A00${n}_sa_${frame}`);
        }
      }
    }
    await writeSlices(`${dir}/DATA/dicom`, stack(3, 0));
    const placed = (word: string) =>
      word.replaceAll("PACKAGES", npmCache).replaceAll("DENO", Deno.execPath())
        .replaceAll(/\b(DATA|RUNS|STUDIES|OUT|CACHE)\b/g, `${dir}/$1`);
    assertEquals([...new Set(WORDS.map(nameOf))].sort(), Object.keys(PERMISSIONS).sort());
    for (const words of WORDS) {
      const name = nameOf(words), text = permissionText(name)!;
      const flags = text.split(/\s+/).filter((word) => word.startsWith("--allow-"));
      assert(flags.length > 0, text);
      const given = PERMISSIONS[name]!.given?.split(" ") ?? [];
      const command = new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-check", "--no-prompt", ...flags, "cli/main.ts", ...words, ...given]
          .map(placed),
        cwd: new URL(".", ROOT),
        env: { NO_COLOR: "1", HOME: dir, XDG_CACHE_HOME: "", DENO_DIR: denoDir },
        stdout: name === "view" ? "piped" : "null",
        stderr: "piped",
      });
      const { code, stderr } = name === "view" ? await served(command) : await command.output();
      assertEquals(
        code,
        name === "view" ? 130 : 0,
        `${words.join(" ")}: ${new TextDecoder().decode(stderr)}`,
      );
    }
    for (
      const made of ["OUT/nifti/series.json", "OUT/again/manifest.json", "STUDIES/one/index.html"]
    ) {
      assert((await Deno.stat(`${dir}/${made}`)).isFile, made);
    }
  }));

Deno.test("the help of each command names its permissions", async () => {
  const { log } = console;
  for (const name of Object.keys(PERMISSIONS)) {
    let said = "";
    console.log = (text: string) => void (said += text);
    try {
      assertEquals(await main([...name.split(" "), "--help"]), 0);
    } finally {
      console.log = log;
    }
    assertStringIncludes(said, permissionText(name)!);
  }
});
