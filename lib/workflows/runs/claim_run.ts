import { basename } from "../../base/deps/std.ts";
import type { Claim, ClaimOptions } from "../../formats/files/claim.ts";
import { claimFolder } from "../../formats/files/claim_folder.ts";
import { runFolder } from "../../formats/run_folder/run_folder.ts";

/**
 * Claims the folder of a run, which must be there, until disposed of, and removes what a killed
 * process has left half-written in it.
 *
 * @throws {ClaimError} If another process, or another call of this one, holds it.
 * @throws {WriteError} If the disk refuses.
 */
export async function claimRun(dir: string, options: ClaimOptions): Promise<Claim> {
  const { config, hardExamples } = runFolder(dir);
  const held = await claimFolder(dir, { ...options, below: [basename(hardExamples)] });
  // made before its content where a file system knows no second names: nobody has begun a run yet
  const size = await Deno.stat(config).then(({ size }) => size, () => undefined);
  if (size === 0) await Deno.remove(config).catch(() => {});
  return held;
}
