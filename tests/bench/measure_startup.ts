import { type Measurement, median, showSeconds } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";

const ROOT = new URL("../../", import.meta.url);
const MAIN = new URL("cli/main.ts", ROOT).href;
const BACKEND = new URL("wasm/mod.ts", ROOT).href;

/** Seconds from the start of a process to its help, a running backend, and a first training step. */
export async function measureStartup({ steps, threads }: BenchOptions): Promise<Measurement> {
  const script = await Deno.makeTempFile({ suffix: ".ts" });
  const runs = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      script,
      `import { startBackend } from ${JSON.stringify(BACKEND)};
       await startBackend({ threads: ${threads} });
       console.log("started");`,
    );
    const train = (run: number) => [
      ...[MAIN, "train", "--json", "--threads", String(threads), "--out", `${runs}/${run}`],
    ];
    const whats: [string, string, (run: number) => string[], string][] = [
      ["help", "tandem --help", () => [MAIN, "--help"], "Usage"],
      ["backend", "process with a running backend", () => [script], "started"],
      ["firstStep", "tandem train to its first step", train, '"type":"step"'],
    ];
    const values: Record<string, number> = {}, rows: string[][] = [];
    for (const [key, name, args, sign] of whats) {
      const seconds = [];
      // The first run fills the caches.
      for (let run = -1; run < steps; run++) {
        const taken = await secondsUntil(args(run), sign);
        if (run >= 0) seconds.push(taken);
      }
      values[`${key}Seconds`] = median(seconds);
      rows.push([name, showSeconds(median(seconds))]);
    }
    return { values, head: ["start-up, warm cache", "median"], rows };
  } finally {
    await Deno.remove(script);
    await Deno.remove(runs, { recursive: true });
  }
}

/** Seconds until a process has printed a text; it is ended then. */
async function secondsUntil(args: readonly string[], text: string): Promise<number> {
  const started = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", ...args],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let printed = "", seconds: number | undefined;
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    printed += part;
    if (seconds !== undefined || !printed.includes(text)) continue;
    seconds = (performance.now() - started) / 1000;
    // Nothing after that is of interest.
    child.kill("SIGKILL");
  }
  await child.status;
  if (seconds === undefined) {
    throw new Error(`Cannot time ${args.join(" ")}: it never says ${text}`);
  }
  return seconds;
}
