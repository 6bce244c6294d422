/** The command line as a program of its own, as people run it. */
import { ownCache } from "../own_cache.ts";

const MAIN = new URL("../../cli/main.ts", import.meta.url).pathname;

/** Not the folder that this process is in: tests of other files share it, and may leave and remove it. */
const cwd = new URL("../../", import.meta.url);

/** How a command ended and what it said. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const FULL_DISK = new URL("../full_disk_preload.ts", import.meta.url).pathname;

function command(args: readonly string[], fullFor?: string): Deno.Command {
  const preload = fullFor === undefined ? [] : ["--preload", FULL_DISK];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", ...preload, MAIN, ...args],
    cwd,
    env: { NO_COLOR: "1", ...ownCache(), ...fullFor !== undefined && { FULL_DISK: fullFor } },
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a command to its end. */
export async function tandem(...args: string[]): Promise<Outcome> {
  return await outcomeOf(command(args));
}

/** Runs a command to its end while the disk is full for files of one name. */
export async function tandemOnFullDisk(name: string, ...args: string[]): Promise<Outcome> {
  return await outcomeOf(command(args, name));
}

async function outcomeOf(command: Deno.Command): Promise<Outcome> {
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr).trimEnd() };
}

/** Starts a command of which nothing is read. */
export function spawnTandem(...args: string[]): Deno.ChildProcess {
  const quiet = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, ...args],
    cwd,
    env: ownCache(),
    ...{ stdin: "null", stdout: "null", stderr: "null" },
  });
  return quiet.spawn();
}

/** Runs a command and sends it a signal as soon as its standard output holds a text. */
export async function tandemUntil(
  text: string,
  signal: Deno.Signal,
  ...args: string[]
): Promise<Outcome> {
  const child = command(args).spawn();
  let stdout = "", sent = false;
  const listening = (async () => {
    for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
      stdout += part;
      if (sent || !stdout.includes(text)) continue;
      sent = true;
      child.kill(signal);
    }
  })();
  const stderr = await new Response(child.stderr).text();
  await listening;
  if (!sent) throw new Error(`"${text}" was never said: ${stdout}${stderr}`);
  return { code: (await child.status).code, stdout, stderr: stderr.trimEnd() };
}

/** The smallest network on the smallest slices. */
export const TINY = [
  ...["--size", "32", "--set", "data.spacing=8", "--set", "model.baseWidth=2"],
  ...["--set", "phantom.subjects=3", "--set", "phantom.otherSubjects=0"],
  ...["--set", "output.pictures=false", "--set", "evaluation.artifacts=false"],
  ...["--batch-size", "8", "--threads", "2"],
];
