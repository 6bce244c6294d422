/**
 * `deno task compile` makes one binary of the command line, with Deno and all packages in it, for this
 * system; `--target NAME` for another, `--all` for each of {@linkcode TARGETS}. They go to out/bin.
 */
import { parseArgs } from "node:util";
import { fromFileUrl, join } from "../lib/base/deps/std.ts";
import { builtPage } from "./page.ts";
import { hiddenModules, readSources, ROOT } from "./sources.ts";

/** The systems that there are binaries for, as Deno calls them. */
export const TARGETS = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
] as const;

/** A binary that could not be made. */
export class CompileError extends Error {
  override readonly name = "CompileError";
}

/**
 * The words of `deno compile` behind itself.
 *
 * @param included Modules that no import names, and files, from Tandem's own folder on.
 */
export function compileWords(
  target: string,
  output: string,
  included: readonly string[],
): string[] {
  return [
    ...["compile", "--allow-all", "--no-check", "--exclude-unused-npm", "--target", target],
    ...included.flatMap((path) => ["--include", path]),
    ...["--output", output, "cli/main.ts"],
  ];
}

/**
 * Refuses a `DENORT_BIN` that is Deno itself: it is taken, and makes a binary that ignores what is in it.
 *
 * @throws {CompileError} If it is, or cannot be run.
 */
export async function checkRuntime(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  let said: string;
  try {
    const { stdout } = await new Deno.Command(path, { args: ["--version"] }).output();
    said = new TextDecoder().decode(stdout);
  } catch (cause) {
    const { message } = cause as Error;
    throw new CompileError(`Cannot compile with DENORT_BIN ${path}: ${message}`, { cause });
  }
  if (!/^deno \d/.test(said)) return;
  throw new CompileError(
    `Cannot compile with DENORT_BIN ${path}: it is ${said.split("\n")[0]}, wanted a denort`,
  );
}

/** What went wrong, in a sentence, of what `deno compile` said. */
export function failureText(target: string, said: string): string {
  const [, url] = /error sending request for url \(([^)]+)\)/.exec(said) ?? [];
  const why = url === undefined
    ? said.trim().split("\n").slice(-6).join("\n")
    : `Deno fetches ${url}, which is not to be reached from here; DENORT_BIN may name a denort of ` +
      `version ${Deno.version.deno} that is here`;
  return `Cannot compile for ${target}: ${why}`;
}

/** Makes the binary of a system and gives its path; throws {@linkcode CompileError} where Deno refuses. */
async function compile(target: string, included: readonly string[]): Promise<string> {
  const name = `tandem-${target}${target.includes("windows") ? ".exe" : ""}`;
  const output = join(fromFileUrl(ROOT), "out", "bin", name);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: compileWords(target, output, included),
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new CompileError(failureText(target, new TextDecoder().decode(stderr)));
  return output;
}

/** The files that the command line reads beside its modules, with the page's modules, bundled for it. */
async function includedFiles(): Promise<{ kept: string[]; made: string[] }> {
  const sources = await readSources();
  const binaries = sources.filter(({ path }) => path.endsWith(".wasm")).map(({ path }) => path);
  const made: string[] = [];
  for (const [path, bytes] of await builtPage()) {
    await Deno.mkdir(new URL("./", new URL(path, ROOT)), { recursive: true });
    await Deno.writeFile(new URL(path, ROOT), bytes);
    made.push(path);
  }
  const page = ["web/index.html", "web/style.css"];
  return { kept: [...hiddenModules(sources), ...binaries, ...page], made };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { target: { type: "string", multiple: true }, all: { type: "boolean" } },
  });
  const targets = values.all ? TARGETS : values.target ?? [Deno.build.target];
  let failed = false;
  const fail = (error: unknown) => {
    if (!(error instanceof CompileError)) throw error;
    console.error(error.message);
    failed = true;
  };
  try {
    await checkRuntime(Deno.env.get("DENORT_BIN"));
    const { kept, made } = await includedFiles();
    for (const target of targets) {
      await compile(target, [...kept, ...made]).then(async (path) => {
        console.log(`${path}: ${((await Deno.stat(path)).size / 1e6).toFixed(0)} MB`);
      }, fail);
    }
  } catch (error) {
    fail(error);
  } finally {
    // a checkout bundles its own sources
    await Deno.remove(new URL("web/built", ROOT), { recursive: true }).catch(() => {});
  }
  if (failed) Deno.exit(1);
}
