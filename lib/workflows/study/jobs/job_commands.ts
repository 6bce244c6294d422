import { fromFileUrl, resolve } from "../../../base/deps/std.ts";
import { shellWord } from "../../../base/text/shell_word.ts";
import { exists } from "../../../formats/files/exists.ts";
import { jobsOf } from "../plan/jobs_of.ts";
import { readPlan, studyFolder } from "../plan/study_folder.ts";

/** The module of the command line, as Deno is told of it. */
export const MAIN = new URL("../../../../cli/main.ts", import.meta.url);

/** The path of the command line's module, or its URL where it lies in no folder. */
export function mainModule(): string {
  return MAIN.protocol === "file:" ? fromFileUrl(MAIN) : MAIN.href;
}

/** How the commands are written. */
export interface JobCommandOptions {
  /** Threads of each run; all cores of its machine by default. */
  readonly threads?: number;
}

/**
 * One command a run of a study that is not done, each for a shell and complete in itself: this Deno and
 * this code by their paths, packages from where this process has them, and nothing from the network. Any
 * scheduler may run them, in any order and at once; `report` makes tables and page of what is done.
 *
 * @throws {StudyError} If the folder holds no study.
 */
export async function jobCommands(dir: string, options: JobCommandOptions = {}): Promise<string[]> {
  const folder = studyFolder(resolve(dir)), plan = await readPlan(dir);
  const commands: string[] = [];
  for (const job of jobsOf(plan)) {
    if (await exists(folder.run(job).evaluation)) continue;
    commands.push(commandOf(["study", "run", folder.dir, job.id], options));
  }
  return commands;
}

/** The command that writes tables and page of a study. */
export function reportCommand(dir: string): string {
  return commandOf(["report", resolve(dir)]);
}

function commandOf(words: readonly string[], { threads }: JobCommandOptions = {}): string {
  // a binary that brings Deno along takes the command line's words at once
  const packages = Deno.build.standalone ? undefined : denoDir();
  const program = Deno.build.standalone ? [] : ["run", "-A", "--cached-only", mainModule()];
  return [
    ...packages === undefined ? [] : ["env", `DENO_DIR=${resolve(packages)}`],
    ...[Deno.execPath(), ...program, ...words],
    ...threads === undefined ? [] : ["--threads", String(threads)],
  ].map(shellWord).join(" ");
}

/** The folder that this process was told to have its packages in. */
function denoDir(): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "DENO_DIR" });
  return state === "granted" ? Deno.env.get("DENO_DIR") : undefined;
}
