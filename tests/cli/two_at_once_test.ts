/** Processes that are started together, ended, or no longer listened to. */
import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { exists } from "../../lib/formats/files/exists.ts";
import { spawnTandem, tandem, tandemUntil, TINY } from "./run_tandem.ts";
import { shellWord } from "../../lib/base/text/shell_word.ts";

async function inFolder(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function until(met: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!await met()) {
    if (Date.now() > end) throw new Error("did not come about in a minute");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

Deno.test("two trainings into one folder: one is refused, and the configuration is the winner's", () =>
  inFolder(async (dir) => {
    const out = `${dir}/run`;
    const seeds = [1, 2];
    const ends = await Promise.all(
      seeds.map((seed) =>
        tandem("train", ...TINY, "--seed", `${seed}`, "--max-steps", "2", "--out", out)
      ),
    );
    const codes = ends.map(({ code }) => code);
    assertEquals(codes.toSorted(), [0, 2], ends.map(({ stderr }) => stderr).join());
    const config = JSON.parse(await Deno.readTextFile(`${out}/config.json`));
    assertEquals(config.training.seed, seeds[codes.indexOf(0)]);
    assert(!await exists(`${out}/.claim`));
  }));

Deno.test("a run that is being trained is not resumed beside it; a killed one is, with a word", () =>
  inFolder(async (dir) => {
    const out = `${dir}/run`;
    const first = spawnTandem(
      ...["train", ...TINY, "--max-steps", "100000", "--set", "training.checkpointEverySteps=2"],
      ...["--out", out],
    );
    await until(() => exists(`${out}/last.safetensors`));
    const second = await tandem("train", "--resume", out, "--max-steps", "3");
    assertEquals(second.code, 2, second.stderr);
    assertStringIncludes(second.stderr, `process ${first.pid} on`);
    const size = (await Deno.stat(`${out}/log.jsonl`)).size;
    await until(async () => (await Deno.stat(`${out}/log.jsonl`)).size > size);
    first.kill("SIGKILL");
    await first.status;
    await Deno.writeTextFile(`${out}/.last.safetensors.1-0123abcd.tmp`, "half");
    const third = await tandem("train", "--resume", out, "--max-time", "0.5");
    assertEquals(third.code, 0, third.stderr);
    assertStringIncludes(third.stdout, "left behind by a process that is gone");
    assert(/going on after step \d+/.test(third.stdout), third.stdout);
    const hidden = [...Deno.readDirSync(out)].filter(({ name }) => name.startsWith("."));
    assertEquals(hidden, []);
  }));

Deno.test("Ctrl-C before the first step ends with 130, and the run can go on", () =>
  inFolder(async (dir) => {
    const train = ["train", ...TINY, "--max-steps", "2", "--out", `${dir}/run`];
    const ended = await tandemUntil("preparing", "SIGINT", ...train);
    assertEquals(ended.code, 130, ended.stderr);
    assertStringIncludes(ended.stdout, `train --resume ${shellWord(`${dir}/run`)}`);
    assertEquals((await tandem("train", "--resume", `${dir}/run`)).code, 0);
  }));

Deno.test("a suite that is ended leaves nothing; what a killed one left, the next removes", () =>
  inFolder(async (dir) => {
    const suite = ["artifacts", "suite", "-o", `${dir}/s`, "--threads", "2"];
    const part = () => [...Deno.readDirSync(dir)].some(({ name }) => name.endsWith(".part"));
    const ended = spawnTandem(...suite);
    await until(() => Promise.resolve(part()));
    const other = await tandem(...suite);
    assertEquals(other.code, 2, other.stderr);
    assertStringIncludes(other.stderr, `process ${ended.pid} on`);
    ended.kill("SIGTERM");
    assertEquals((await ended.status).code, 130);
    assertEquals([...Deno.readDirSync(dir)], []);

    const killed = spawnTandem(...suite);
    await until(() => Promise.resolve(part()));
    killed.kill("SIGKILL");
    await killed.status;
    assert(part());
    const third = spawnTandem(...suite);
    await until(() =>
      Promise.resolve(
        [...Deno.readDirSync(dir)].some(({ name }) => name.startsWith(`.s.${third.pid}-`)),
      )
    );
    third.kill("SIGINT");
    await third.status;
    assertEquals([...Deno.readDirSync(dir)], []);
  }));

Deno.test("output that nobody reads ends a training soon, quietly and saved; a full one is named", () =>
  inFolder(async (dir) => {
    const shell = async (command: string) => {
      const { stderr } = await new Deno.Command("bash", {
        args: ["-c", `set -o pipefail; ${command}; echo "code $?" >&2`, "bash", ...spawnArgs()],
        stdout: "null",
      }).output();
      return new TextDecoder().decode(stderr).trimEnd().split("\n");
    };
    const train = `"$@" --max-steps 100000 --json --out ${dir}`;
    const read = await shell(`${train}/read | head -1`);
    assertEquals(read, ["code 130"]);
    assert(await exists(`${dir}/read/config.json`));
    const full = await shell(`${train}/full >/dev/full`);
    assertEquals(full.at(-1), "code 1");
    assertStringIncludes(full.join(" "), "Cannot write to standard output: No space left");
    assertEquals((await tandem("train", "--resume", `${dir}/full`, "--max-steps", "2")).code, 0);
  }));

/** The words of a training, up to where its own options begin. */
function spawnArgs(): string[] {
  const main = new URL("../../cli/main.ts", import.meta.url).pathname;
  return [Deno.execPath(), "run", "-A", "--no-check", main, "train", ...TINY];
}
