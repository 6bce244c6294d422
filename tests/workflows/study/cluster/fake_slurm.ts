/** Programs by Slurm's names that say what a test has them say, in the front of PATH. */

/** Puts scripts of sh in the place of programs, runs, and takes them away. */
export async function withPrograms(
  scripts: Readonly<Record<string, string>>,
  run: (dir: string) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir(), path = Deno.env.get("PATH") ?? "";
  try {
    for (const [name, text] of Object.entries(scripts)) {
      await Deno.writeTextFile(`${dir}/${name}`, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    }
    Deno.env.set("PATH", `${dir}:${path}`);
    await run(dir);
  } finally {
    Deno.env.set("PATH", path);
    await Deno.remove(dir, { recursive: true });
  }
}

/** `scontrol show config` of a cluster without accounts. */
export const CONFIG = `echo "ClusterName             = tried
MaxArraySize            = 3
AccountingStorageType   = accounting_storage/none"`;
