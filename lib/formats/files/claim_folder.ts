import { join } from "../../base/deps/std.ts";
import { type Claim, claim, type ClaimOptions } from "./claim.ts";
import { removeLeft } from "./remove_left.ts";
import { removePassing } from "./write_atomically.ts";

/** How to claim a folder. */
export interface ClaimFolderOptions extends ClaimOptions {
  /** Folders in it in which nobody else writes, either. */
  readonly below?: readonly string[];
  /** Whether other processes write in it meanwhile, each behind a claim of something smaller. */
  readonly shared?: boolean;
}

/**
 * Claims a folder of a run or a study, which must be there, until disposed of, and removes what a
 * killed process has left half-written in it.
 *
 * @throws {ClaimError} If another process, or another call of this one, holds it.
 * @throws {WriteError} If the disk refuses.
 */
export async function claimFolder(dir: string, options: ClaimFolderOptions): Promise<Claim> {
  const held = await claim(join(dir, ".claim"), options);
  const tidy = options.shared
    ? (folder: string) => removeLeft(folder, { shared: true })
    : removePassing;
  await tidy(dir);
  for (const name of options.below ?? []) {
    // there may be no such folder yet
    await tidy(join(dir, name)).catch(() => {});
  }
  return held;
}
