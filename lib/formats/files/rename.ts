/** How often a rename is tried where another program may just be looking at the file. */
const TRIES = 20;

/** How to rename; what tests put in the place of the system. */
export interface RenameOptions {
  readonly os?: typeof Deno.build.os;
  readonly rename?: (from: string, to: string) => Promise<void>;
}

/**
 * Renames a file or folder. Windows refuses for as long as another program, such as one that looks for
 * viruses, has it or what stands in its place open; there it is tried again for a second.
 *
 * @throws {Error} Of the file system, as `Deno.rename`.
 */
export async function rename(
  from: string,
  to: string,
  { os = Deno.build.os, rename = Deno.rename }: RenameOptions = {},
): Promise<void> {
  for (let left = os === "windows" ? TRIES : 1;; left--) {
    try {
      return await rename(from, to);
    } catch (error) {
      const { PermissionDenied, Busy } = Deno.errors;
      const mayPass = error instanceof PermissionDenied || error instanceof Busy;
      if (left === 1 || !mayPass) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
