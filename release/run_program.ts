/** How a program is run for a release, and what it said. */

/** What a program wrote, as text. */
export interface ProgramOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it. */
export interface RunProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end. Under Windows those of npm are scripts of its own shell.
 *
 * @throws {Error} If there is none, or it ends with another code than 0; the text has its last lines.
 */
export async function runProgram(
  name: string,
  args: readonly string[],
  { cwd, env = {} }: RunProgramOptions = {},
): Promise<ProgramOutput> {
  const script = Deno.build.os === "windows" && /^np[mx]$/.test(name);
  const [program, before] = script ? ["cmd", ["/c", name]] : [name, []];
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...before, ...args],
    ...cwd !== undefined && { cwd },
    env: { NO_COLOR: "1", ...env },
  }).output();
  const decoder = new TextDecoder();
  const said = { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  if (code === 0) return said;
  const last = (said.stderr.trim() || said.stdout.trim()).split("\n").slice(-12).join("\n");
  throw new Error(`${name} ${args.join(" ")} ended with code ${code}:\n${last}`);
}
